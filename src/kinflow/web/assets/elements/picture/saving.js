// Saving a drawing as a file: as SVG, as PNG at twice its size, as PDF, which the server makes; and a table as CSV.

/** Let the browser save what a blob holds. */
function give(content, name) {
  const link = Object.assign(document.createElement("a"), { href: URL.createObjectURL(content), download: name });
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 1000);
}

/** Have the server make a PDF of a drawing. */
async function printed(drawing, name) {
  const form = new FormData();
  form.append("svg", drawing, "picture.svg");
  form.append("name", name);
  const headers = JSON.parse(document.body.getAttribute("hx-headers") ?? "{}");
  const answer = await fetch("/pictures/pdf/", { method: "POST", body: form, headers });
  if (!answer.ok) throw new Error(`the picture was answered with ${answer.status}`);
  return answer.blob();
}

/** Save the text of an SVG of this size as a file of this kind ("svg", "png" or "pdf"). */
export async function saved({ text, wide, high }, kind, name) {
  const drawing = new Blob([text], { type: "image/svg+xml" });
  if (kind === "svg") {
    give(drawing, `${name}.svg`);
    return;
  }
  if (kind === "pdf") {
    give(await printed(drawing, name), `${name}.pdf`);
    return;
  }
  const address = URL.createObjectURL(drawing);
  const image = Object.assign(new Image(), { src: address });
  await image.decode();
  const paper = Object.assign(document.createElement("canvas"), { width: 2 * wide, height: 2 * high });
  paper.getContext("2d").drawImage(image, 0, 0, paper.width, paper.height);
  URL.revokeObjectURL(address);
  paper.toBlob((content) => give(content, `${name}.png`), "image/png");
}

/** Save a table of the page as CSV; text that a spreadsheet would take for a formula gets an apostrophe. */
export function savedTable(table, name) {
  const written = (cell) => {
    const words = cell.textContent.trim();
    const safe = /^[=+@\t-]/.test(words) ? `'${words}` : words;
    return `"${safe.replaceAll('"', '""')}"`;
  };
  const lines = [...table.rows].map((row) => [...row.cells].map(written).join(","));
  give(new Blob(["\ufeff", lines.join("\r\n"), "\r\n"], { type: "text/csv" }), `${name}.csv`);
}
