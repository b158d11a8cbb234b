// The language in which dates are written: as the pages write them, in English with the day before the month.

export const dated = () => (document.documentElement.lang || "en").replace(/^en$/, "en-GB");
