import { LitElement, html } from 'lit';
import { minute } from './format.js';

let echartsModule;

/** ECharts is a megabyte: it is fetched when the first chart comes into view. */
function loadEcharts() {
  echartsModule ??= import('echarts');
  return echartsModule;
}

function css(name) {
  return getComputedStyle(document.documentElement).getPropertyValue(name).trim();
}

/**
 * Lines over time.
 *
 * lines: [{ name, points: [[milliseconds, value], …], tone: 'a'|'b'|'c'|'limit', fill }]
 * format: how values are written; marks: [{ at, label }] are vertical lines, such as deploys.
 */
export class HeadroomChart extends LitElement {
  static properties = {
    lines: { attribute: false },
    format: { attribute: false },
    axisFormat: { attribute: false },
    marks: { attribute: false },
    label: {},
    group: {},
    legend: { type: Boolean },
  };

  constructor() {
    super();
    this.lines = [];
    this.marks = [];
    this.format = String;
    this.axisFormat = undefined;
    this.label = '';
    this.group = '';
    this.legend = false;
    this.shown = '';
  }

  createRenderRoot() {
    return this;
  }

  connectedCallback() {
    super.connectedCallback();
    this.visibility = new IntersectionObserver((entries) => {
      if (entries.some((entry) => entry.isIntersecting)) {
        this.visibility.disconnect();
        this.open();
      }
    });
    this.visibility.observe(this);
    this.resize = new ResizeObserver(() => this.chart?.resize());
    this.resize.observe(this);
    this.onTheme = () => this.draw(true);
    addEventListener('headroom-theme', this.onTheme);
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    this.visibility.disconnect();
    this.resize.disconnect();
    removeEventListener('headroom-theme', this.onTheme);
    this.chart?.dispose();
    this.chart = undefined;
    this.shown = '';
  }

  async open() {
    const { init, connect } = await loadEcharts();
    await this.updateComplete;
    const canvas = this.querySelector('.canvas');
    if (!this.isConnected || this.chart || !canvas) return;
    this.chart = init(canvas, null, { renderer: 'canvas' });
    if (this.group) {
      this.chart.group = this.group;
      connect(this.group);
    }
    this.draw(true);
  }

  render() {
    return html`<div class="canvas" role="img" aria-label=${this.label}></div>`;
  }

  updated() {
    this.draw(false);
  }

  /** Drawn anew only when something changed: polling must not disturb a reader's pointer. */
  draw(always) {
    if (!this.chart) return;
    const state = JSON.stringify([this.lines, this.marks, this.legend]);
    if (!always && state === this.shown) return;
    this.shown = state;
    this.chart.setOption(this.option(), { replaceMerge: ['series'] });
  }

  option() {
    const muted = css('--muted');
    const line = css('--line');
    const font = { color: muted, fontSize: 11, fontFamily: css('--sans') };
    return {
      animation: false,
      grid: { left: 4, right: 10, top: this.legend ? 32 : 16, bottom: 2, containLabel: true },
      legend: {
        show: this.legend,
        top: 0,
        left: 0,
        padding: [5, 0, 0, 0],
        itemWidth: 14,
        itemHeight: 8,
        itemGap: 14,
        icon: 'roundRect',
        textStyle: { ...font, lineHeight: 14 },
      },
      xAxis: {
        type: 'time',
        axisLine: { lineStyle: { color: line } },
        axisTick: { show: false },
        axisLabel: { ...font, hideOverlap: true, formatter: (at) => minute(at) },
        splitLine: { show: false },
        splitNumber: 4,
      },
      yAxis: {
        type: 'value',
        min: 0,
        splitNumber: 3,
        axisLabel: { ...font, hideOverlap: true, formatter: (value) => (this.axisFormat ?? this.format)(value) },
        splitLine: { lineStyle: { color: line } },
      },
      tooltip: {
        trigger: 'axis',
        confine: true,
        transitionDuration: 0,
        className: 'chart-tip',
        backgroundColor: css('--surface'),
        borderColor: line,
        padding: 8,
        textStyle: { color: css('--text'), fontSize: 12, fontFamily: css('--sans') },
        axisPointer: { type: 'line', lineStyle: { color: muted, type: 'dashed' } },
        formatter: (items) => this.tip(items),
      },
      series: this.lines.map((one, index) => this.series(one, index)),
    };
  }

  series(one, index) {
    const limit = one.tone === 'limit';
    const color = css(`--chart-${one.tone}`);
    return {
      type: 'line',
      name: one.name,
      data: one.points,
      showSymbol: one.points.length === 1,
      symbolSize: 5,
      lineStyle: { width: limit ? 1.25 : 1.75, color, type: limit ? 'dashed' : 'solid' },
      itemStyle: { color },
      areaStyle: one.fill ? { color, opacity: 0.12 } : undefined,
      emphasis: { disabled: true },
      z: limit ? 1 : 3,
      markLine: index === 0 && this.marks.length > 0 ? this.markLine() : undefined,
    };
  }

  markLine() {
    return {
      symbol: 'none',
      silent: true,
      lineStyle: { color: css('--muted'), type: 'dotted', width: 1.25 },
      label: { color: css('--muted'), fontSize: 10, position: 'end', rotate: 0, distance: 3, formatter: '{b}' },
      data: this.marks.map((mark) => ({ xAxis: mark.at, name: mark.label })),
    };
  }

  /** Elements rather than markup: the page's policy forbids inline styles. */
  tip(items) {
    const root = document.createElement('div');
    const time = document.createElement('div');
    time.className = 'tip-time';
    time.textContent = items.length > 0 ? minute(items[0].value[0]) : '';
    root.append(time);
    for (const item of items) {
      const row = document.createElement('div');
      row.className = `tip-row tone-${this.lines[item.seriesIndex]?.tone ?? 'a'}`;
      const name = document.createElement('span');
      name.textContent = item.seriesName;
      const value = document.createElement('b');
      value.textContent = this.format(item.value[1]);
      row.append(name, value);
      root.append(row);
    }
    return root;
  }
}

customElements.define('headroom-chart', HeadroomChart);
