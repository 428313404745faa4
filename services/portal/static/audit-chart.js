// The distribution of one cohort with the declared threshold, the middle band, the median and the floor.
// Data: core/cohort_chart.py, embedded in the page. Colours: the style sheet's, in either colour scheme.
"use strict";

(() => {
  const element = document.getElementById("cohort-chart");
  const data = JSON.parse(document.getElementById("cohort-data").textContent);
  const { texts } = data;
  const scheme = matchMedia("(prefers-color-scheme: dark)");
  const still = matchMedia("(prefers-reduced-motion: reduce)");
  const chart = echarts.init(element, null, { renderer: "canvas" });
  const rounded = (value) => (Math.round(value * 10) / 10).toLocaleString();

  function colours() {
    const style = getComputedStyle(document.documentElement);
    const of = (name) => style.getPropertyValue(name).trim();
    return {
      ink: of("--ink"), soft: of("--soft"), line: of("--line"), card: of("--card"), bar: of("--chart-bar"),
      middle: of("--chart-middle"), declared: of("--chart-declared"), floor: of("--chart-floor"), p50: of("--chart-p50"),
      font: getComputedStyle(document.body).fontFamily,
    };
  }

  // A bin as a bar from its start to its end: bins may differ in width, so that a bar's area is its orders.
  function bar(params, api) {
    const [left, top] = api.coord([api.value(0), api.value(3)]);
    const [right, bottom] = api.coord([api.value(1), 0]);
    return {
      type: "rect",
      shape: { x: left + 0.5, y: top, width: Math.max(right - left - 1, 1), height: bottom - top },
      style: { fill: api.visual("color") },
    };
  }

  function line(name, value, color, dash, labelled) {
    return {
      name, type: "line", data: [], color, symbol: "none",
      markLine: {
        z: 5, silent: true, symbol: "none", animation: false,
        lineStyle: { color, width: 2, type: dash },
        label: {
          show: labelled, color, fontWeight: 600, formatter: `${name} ${rounded(value)}`, distance: 4,
          position: "end", rotate: 0,
        },
        data: [{ xAxis: value }],
      },
    };
  }

  function area(name, low, high, color, opacity) {
    return {
      name, type: "line", data: [], color, symbol: "none",
      markArea: { z: 4, silent: true, animation: false, itemStyle: { color, opacity }, data: [[{ xAxis: low }, { xAxis: high }]] },
    };
  }

  function option() {
    const c = colours();
    const orders = data.bins.reduce((sum, bin) => sum + bin[2], 0);
    const axis = { axisLine: { lineStyle: { color: c.line } }, axisLabel: { color: c.soft }, nameTextStyle: { color: c.soft } };
    const last = data.bins.length ? data.bins[data.bins.length - 1][1] : 0;
    return {
      animation: !still.matches,
      textStyle: { fontFamily: c.font },
      grid: { left: 12, right: 46, top: element.clientWidth < 520 ? 106 : 80, bottom: 12, containLabel: true },
      legend: {
        top: 0, left: 0, textStyle: { color: c.ink }, itemWidth: 16, itemHeight: 10, inactiveColor: c.line,
        data: [
          ...[texts.distribution, texts.middle, texts.p50_interval].map((name) => ({
            name, icon: "rect", itemStyle: { opacity: name === texts.distribution ? 1 : 0.45 },
          })),
          ...[texts.p50, texts.floor, texts.declared].map((name) => ({ name, icon: "path://M0,4h16v2.5h-16z" })),
        ],
      },
      tooltip: {
        trigger: "item", renderMode: "richText", backgroundColor: c.card, borderColor: c.line, textStyle: { color: c.ink },
        formatter: ({ value }) =>
          `${rounded(value[0])}–${rounded(value[1])} ${texts.unit}\n${value[2].toLocaleString()} ${texts.orders} · ${rounded((value[2] / orders) * 100)}%`,
      },
      xAxis: {
        type: "value", ...axis, name: texts.unit, nameLocation: "end", nameGap: 6, splitLine: { show: false },
        min: 0, max: Math.ceil(Math.max(last, data.declared, data.floor) / 5) * 5,
      },
      yAxis: { type: "value", ...axis, name: texts.density, nameLocation: "end", nameGap: 26, splitLine: { lineStyle: { color: c.line } }, splitNumber: 4 },
      series: [
        { name: texts.distribution, type: "custom", renderItem: bar, data: data.bins, encode: { x: [0, 1], y: 3 }, color: c.bar },
        area(texts.middle, data.middleLow, data.middleHigh, c.middle, 0.26),
        area(texts.p50_interval, data.p50Low, data.p50High, c.p50, 0.14),
        line(texts.p50, data.p50, c.p50, "solid", false),
        line(texts.floor, data.floor, c.floor, "dashed", false),
        line(texts.declared, data.declared, c.declared, "solid", true),
      ],
    };
  }

  const draw = () => chart.setOption(option(), true);
  draw();
  scheme.addEventListener("change", draw);
  new ResizeObserver(() => chart.resize()).observe(element);
})();
