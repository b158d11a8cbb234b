// The charts as ECharts wants them: only the parts that we draw with, in the design's colours.

import { BarChart, LineChart, ScatterChart } from "echarts/charts";
import { GridComponent, LegendComponent, TooltipComponent } from "echarts/components";
import { init, use } from "echarts/core";
import { SVGRenderer } from "echarts/renderers";

import { dated } from "../dates.js";

use([BarChart, LineChart, ScatterChart, GridComponent, LegendComponent, TooltipComponent, SVGRenderer]);

const HUES = 10;

/** A chart in this box. */
export const begin = (box) => init(box, null, { renderer: "svg" });

function day(at) {
  return new Intl.DateTimeFormat(dated(), { year: "numeric", month: "short", day: "numeric" }).format(at);
}

function axis(tone) {
  return {
    axisLine: { lineStyle: { color: tone("var(--edge-strong)") } },
    axisTick: { show: false },
    axisLabel: { color: tone("var(--ink-3)"), fontSize: 11, hideOverlap: true },
    splitLine: { lineStyle: { color: tone("var(--edge)") } },
  };
}

function frame(tone) {
  const font = getComputedStyle(document.body).fontFamily;
  return {
    animation: false,
    textStyle: { fontFamily: font, fontSize: 12, color: tone("var(--ink-2)") },
    grid: { left: 8, right: 12, top: 34, bottom: 8, containLabel: true, outerBoundsMode: "same" },
    legend: { left: 0, top: 0, itemWidth: 12, itemHeight: 8, itemGap: 14, textStyle: { color: tone("var(--ink-2)"), fontSize: 12 }, inactiveColor: tone("var(--ink-3)"), type: "plain" },
    tooltip: {
      trigger: "axis", confine: true, transitionDuration: 0, backgroundColor: tone("var(--raised)"), borderColor: tone("var(--edge-strong)"), borderWidth: 1,
      padding: [6, 10], textStyle: { color: tone("var(--ink)"), fontSize: 12, fontFamily: font }, axisPointer: { type: "line", lineStyle: { color: tone("var(--edge-strong)") } },
    },
  };
}

function lines({ x, series }, tone) {
  const tones = [tone("var(--edge-strong)"), tone("var(--accent)"), tone("var(--warn)")];
  return {
    ...frame(tone),
    xAxis: { type: "category", data: x, ...axis(tone) },
    yAxis: { type: "value", minInterval: 1, ...axis(tone), axisLine: { show: false } },
    series: series.map(({ name, values, bars }, at) => ({
      name, data: values, type: bars ? "bar" : "line", color: tones[at], barMaxWidth: 14,
      showSymbol: false, lineStyle: { width: 1.8 }, emphasis: { disabled: true },
    })),
  };
}

function bars({ x, series, urls }, tone) {
  return {
    ...frame(tone),
    grid: { left: 8, right: 12, top: 12, bottom: 8, containLabel: true, outerBoundsMode: "same" },
    legend: undefined,
    xAxis: { type: "category", data: x, ...axis(tone) },
    yAxis: { type: "value", minInterval: 1, ...axis(tone), axisLine: { show: false } },
    series: series.map(({ name, values }) => ({
      name, data: values, type: "bar", color: tone("var(--accent)"), barCategoryGap: "12%",
      itemStyle: { borderRadius: [2, 2, 0, 0] }, cursor: urls ? "pointer" : "default", emphasis: { itemStyle: { color: tone("var(--ink-2)") } },
    })),
  };
}

function dots({ groups, words }, tone) {
  const single = (at) => new Intl.DateTimeFormat(dated(), { month: "short", year: "numeric" }).format(at);
  return {
    ...frame(tone),
    grid: { left: 8, right: 12, top: 60, bottom: 8, containLabel: true, outerBoundsMode: "same" },
    tooltip: { ...frame(tone).tooltip, trigger: "item", formatter: ({ seriesName, value }) => `${seriesName}<br>${day(value[0])}` },
    xAxis: { type: "time", ...axis(tone), axisLabel: { ...axis(tone).axisLabel, formatter: single }, minInterval: 27 * 86_400_000 },
    yAxis: { type: "value", inverse: true, name: words.rows, nameTextStyle: { color: tone("var(--ink-3)"), align: "left" }, nameLocation: "start", ...axis(tone), axisLine: { show: false }, splitLine: { show: false }, axisLabel: { show: false } },
    series: groups.map(({ name, hue, points }) => ({
      name, data: points, type: "scatter", symbolSize: 3.5, color: tone(`var(--hue-${hue % HUES})`), emphasis: { disabled: true },
    })),
  };
}

/** What ECharts draws for the data; `tone` turns CSS colours into such as it knows. */
export const options = (data, tone) => ({ lines, bars, dots })[data.kind](data, tone);
