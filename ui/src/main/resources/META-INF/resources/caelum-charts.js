/*
 * The past as charts: <caelum-charts> reads numbers and events of one range from the node's API and
 * draws them, while somebody looks every 15 s anew if the range ends now. A gap stays a gap; where the node did not record
 * at all the background says so. Each chart has its numbers as a table, too.
 *
 * Attributes: api (the base of the API), machine (an id; none: the cluster), range (seconds),
 * until (ISO 8601; none: now), words (JSON: what is said), charts (JSON: [{title, unit, max, lines: [{metric, label}]}]).
 * Tells "moment" with {time} when somebody points at a moment and presses Enter or clicks.
 */
(() => {
  'use strict';
  const STEP = 15;
  const POINTS = 300;
  const ROWS = 40;
  const forced = matchMedia('(forced-colors: active)');

  /** Minutes between the labels of a time axis. */
  const STEPS = [1, 2, 5, 10, 15, 30, 60, 120, 180, 360, 720, 1440, 2880, 7200, 14400];
  const DAY = 1440;
  const LABEL = 76;
  const LEFT = 48;
  const RIGHT = 16;

  /** Moments at even distances by this browser's clock, as many as there is room for. */
  function ticks(from, until, room) {
    const minutes = (until - from) / 60000;
    const step = STEPS.find((each) => minutes / each <= Math.max(2, room / LABEL)) ?? STEPS.at(-1);
    const first = new Date(from);
    const [y, m, d] = [first.getFullYear(), first.getMonth(), first.getDate()];
    const at = (i) => (step < DAY ? new Date(y, m, d, 0, i * step) : new Date(y, m, d + (i * step) / DAY)).getTime();
    // The label of a moment at the very right would be cut.
    const last = until - ((until - from) * (LABEL / 2 - RIGHT)) / Math.max(1, room);
    const found = [];
    for (let i = 0; at(i) <= last; i++) if (at(i) >= from) found.push(at(i));
    return found;
  }

  /** A moment on a time axis: the day where one begins, else the time. */
  function tick(value) {
    const date = new Date(value);
    const midnight = date.getHours() + date.getMinutes() === 0;
    const options = midnight ? { month: 'short', day: 'numeric' } : { hour: '2-digit', minute: '2-digit' };
    return date.toLocaleString(window.caelum.locale, options);
  }

  class Charts extends HTMLElement {
    static observedAttributes = ['machine', 'range', 'until', 'charts'];
    figures = [];
    turn = 0;

    connectedCallback() {
      this.redraw = () => this.draw();
      this.look = () => this.plan();
      document.addEventListener('caelum-theme', this.redraw);
      document.addEventListener('visibilitychange', this.look);
      this.sizes = new ResizeObserver(() => {
        this.figures.forEach(({ chart }) => chart.resize());
        this.draw();
      });
      this.sizes.observe(this);
      this.start();
    }

    disconnectedCallback() {
      document.removeEventListener('caelum-theme', this.redraw);
      document.removeEventListener('visibilitychange', this.look);
      this.sizes?.disconnect();
      clearTimeout(this.timer);
      this.turn++;
      this.clear();
    }

    attributeChangedCallback() {
      if (this.isConnected && this.sizes) this.start();
    }

    start() {
      clearTimeout(this.soon);
      // Several attributes change in one turn of the page.
      this.soon = setTimeout(() => {
        this.clear();
        this.words = JSON.parse(this.getAttribute('words') || '{}');
        this.build();
        this.read();
      });
    }

    clear() {
      this.figures.forEach(({ chart }) => chart.dispose());
      this.figures = [];
      this.replaceChildren();
      this.answer = null;
    }

    build() {
      this.note = document.createElement('p');
      this.note.className = 'quiet';
      this.note.setAttribute('role', 'status');
      this.note.textContent = this.words.loading;
      this.append(this.note);
      for (const spec of JSON.parse(this.getAttribute('charts') || '[]')) {
        const figure = document.createElement('figure');
        figure.className = 'card chart';
        const caption = document.createElement('figcaption');
        const title = document.createElement('h2');
        title.textContent = spec.title;
        const now = document.createElement('span');
        now.className = 'quiet';
        caption.append(title, now);
        const canvas = document.createElement('div');
        canvas.className = 'canvas';
        canvas.setAttribute('role', 'img');
        const details = document.createElement('details');
        const summary = document.createElement('summary');
        summary.textContent = this.words.table;
        details.append(summary);
        details.addEventListener('toggle', () => this.table(figure));
        figure.append(caption, canvas, details);
        this.append(figure);
        const chart = echarts.init(canvas, null, { renderer: 'svg' });
        chart.group = 'caelum';
        chart.getZr().on('click', (event) => this.chosen(chart, event));
        this.figures.push(Object.assign(figure, { spec, now, canvas, details, chart }));
      }
      echarts.connect('caelum');
    }

    plan() {
      clearTimeout(this.timer);
      // What was does not change.
      if (document.hidden || !this.isConnected || (this.getAttribute('until') && this.answer)) return;
      const age = Date.now() - (this.readAt || 0);
      const pause = Math.max(STEP, (this.answer?.step_s ?? STEP) / 2) * 1000;
      this.timer = setTimeout(() => this.read(), Math.max(0, pause - age));
    }

    async read() {
      const turn = ++this.turn;
      const range = Number(this.getAttribute('range')) || 3600;
      const until = new Date(this.getAttribute('until') ?? Date.now());
      const from = new Date(until - range * 1000);
      const query = new URLSearchParams({ from: from.toISOString(), until: until.toISOString() });
      const machine = this.getAttribute('machine');
      const series = new URLSearchParams(query);
      series.set('points', POINTS);
      if (machine) series.set('machine', machine);
      const events = new URLSearchParams(query);
      // Failed attempts to connect are many, and follow from these.
      events.set('category', 'machine,node');
      events.set('level', 'warning,problem');
      events.set('limit', 100);
      try {
        const [numbers, marks] = await Promise.all([
          this.ask('series', series),
          this.ask('events', events),
        ]);
        if (turn !== this.turn) return;
        this.answer = numbers;
        this.marks = marks.events;
        this.from = from.getTime();
        this.until = until.getTime();
        this.say();
        this.draw();
      } catch (problem) {
        if (turn !== this.turn) return;
        this.note.textContent = problem.message;
        this.note.hidden = false;
      }
      this.readAt = Date.now();
      this.plan();
    }

    async ask(what, query) {
      let response;
      try {
        response = await fetch(`${this.getAttribute('api')}/history/${what}?${query}`);
      } catch {
        throw new Error(this.words.lost);
      }
      const body = await response.json().catch(() => ({}));
      if (!response.ok) throw new Error([body.detail, body.hint].filter(Boolean).join(' ') || this.words.lost);
      return body;
    }

    /** When recording began within what is shown, that is why the left is empty. */
    say() {
      const first = this.answer.recorded[0];
      if (!first && this.getAttribute('until')) {
        this.note.hidden = false;
        this.note.textContent = this.words.unrecorded;
        return;
      }
      const began = first ? Date.parse(first.since) : this.until;
      const minutes = Math.round((this.until - began) / 60000);
      this.note.hidden = began <= this.from + 60000;
      this.note.textContent = this.words.began.replace('{0}', window.caelum.stamp(new Date(began)));
      if (minutes < 2 && !this.getAttribute('until')) this.note.textContent = this.words.beginning;
    }

    /** A node sends least and most only where a number stands for several. */
    numbers(metric) {
      const { mean, min = mean, max = mean } = this.answer.metrics[metric];
      return { mean, min, max };
    }

    times(values) {
      const begin = Date.parse(this.answer.from);
      return values.map((value, i) => [begin + i * this.answer.step_s * 1000, value]);
    }

    draw() {
      if (!this.answer) return;
      const font = getComputedStyle(this).fontFamily;
      const text = forced.matches ? 'CanvasText' : window.caelum.dark() ? '#aab4c3' : '#525c6b';
      const line = window.caelum.dark() ? '#323a46' : '#dfe4ec';
      const colors = window.caelum.dark() ? ['#8fbaff', '#6fd39a', '#f0be5e'] : ['#1c4fa0', '#17663a', '#b26a00'];
      for (const figure of this.figures) {
        const { spec, chart, now, canvas } = figure;
        const lines = spec.lines.filter(({ metric }) => this.answer.metrics[metric]);
        const moments = ticks(this.from, this.until, chart.getWidth() - LEFT - RIGHT);
        const number = (value) =>
          value === null || value === undefined
            ? '–'
            : window.caelum.number(value, value < 10 ? 1 : 0) + spec.unit;
        chart.setOption(
          {
            animation: false,
            color: colors,
            textStyle: { fontFamily: font },
            grid: { left: LEFT, right: RIGHT, top: lines.length > 1 ? 30 : 12, bottom: 24 },
            legend: { show: lines.length > 1, top: 0, left: 40, itemWidth: 14, itemHeight: 8, icon: 'roundRect', textStyle: { color: text, fontFamily: font } },
            tooltip: {
              trigger: 'axis',
              renderMode: 'richText',
              valueFormatter: number,
              backgroundColor: window.caelum.dark() ? '#1d222a' : '#fff',
              borderColor: line,
              textStyle: { color: window.caelum.dark() ? '#eef2f7' : '#1a2028' },
            },
            xAxis: {
              // Axes of type time take no ticks of one's own.
              type: 'value',
              min: this.from,
              max: this.until,
              axisTick: { customValues: moments },
              axisLabel: { customValues: moments, formatter: tick, color: text, hideOverlap: true, fontFamily: font },
              axisPointer: { label: { formatter: ({ value }) => window.caelum.stamp(new Date(value)) } },
              axisLine: { lineStyle: { color: line } },
              splitLine: { show: false },
            },
            yAxis: {
              type: 'value',
              min: 0,
              max: spec.max ?? null,
              minInterval: spec.whole ? 1 : 0,
              splitNumber: 3,
              interval: spec.max ? spec.max / 4 : null,
              axisLabel: { color: text, fontFamily: font, formatter: (value) => window.caelum.number(value, 3) + spec.unit },
              axisLine: { show: false },
              axisTick: { show: false },
              splitLine: { lineStyle: { color: line } },
            },
            series: lines.map(({ metric, label }, i) => ({
              name: label,
              type: 'line',
              showSymbol: false,
              connectNulls: false,
              step: spec.whole ? 'end' : false,
              lineStyle: { width: 1.75 },
              areaStyle: lines.length === 1 ? { opacity: 0.08 } : undefined,
              data: this.times(this.answer.metrics[metric].mean),
              markLine: i === 0 ? this.markers(chart.getWidth() - LEFT - RIGHT) : undefined,
              markArea: i === 0 ? this.unrecorded() : undefined,
            })),
          },
          true,
        );
        const last = lines.map(({ metric, label }) => {
          const { mean, min, max } = this.numbers(metric);
          const i = mean.findLastIndex((value) => value !== null);
          // There is no half of a machine: what one number of a wide range stands for is told.
          const text = spec.whole && min[i] !== max[i] ? `${number(min[i])} – ${number(max[i])}` : number(mean[i]);
          return (lines.length > 1 ? label + ' ' : '') + text;
        });
        const measured = lines.some(({ metric }) => this.answer.metrics[metric].mean.some((value) => value !== null));
        now.textContent = measured ? last.join(' · ') : this.words.nothing;
        canvas.setAttribute('aria-label', this.sentence(spec, lines, number));
        if (figure.details.open) this.table(figure);
      }
    }

    sentence(spec, lines, number) {
      const last = this.getAttribute('until') ? this.words.end : this.words.now;
      return lines
        .map(({ metric, label }) => {
          const { mean, min, max } = this.numbers(metric);
          const known = (values) => values.filter((value) => value !== null);
          if (!known(mean).length) return `${label}: ${this.words.nothing}`;
          const [least, most] = [Math.min(...known(min)), Math.max(...known(max))];
          return `${label}: ${number(least)} – ${number(most)}, ${last} ${number(known(mean).at(-1))}`;
        })
        .join('; ');
    }

    /** The events as lines; of those that would stand closer than one can tell apart, the worst. */
    markers(room) {
      const apart = ((this.until - this.from) * 5) / Math.max(1, room);
      const kept = [];
      for (const event of this.marks || []) {
        const at = Date.parse(event.time);
        const problem = event.level === 'problem';
        const last = kept.at(-1);
        if (last && Math.abs(at - last.at) < apart) last.problem ||= problem;
        else kept.push({ at, problem });
      }
      const [problems, warnings] = window.caelum.dark() ? ['#ff9d94', '#f0be5e'] : ['#a3221c', '#7a4b00'];
      return {
        silent: true,
        symbol: 'none',
        label: { show: false },
        data: kept.map(({ at, problem }) => ({
          xAxis: at,
          lineStyle: { type: 'dotted', color: problem ? problems : warnings, opacity: 0.7 },
        })),
      };
    }

    /** What lies between the runs of the node. */
    unrecorded() {
      const spans = [];
      let from = this.from;
      for (const run of this.answer.recorded) {
        const since = Date.parse(run.since);
        if (since - from > 2 * STEP * 1000) spans.push([from, since]);
        from = Math.max(from, Date.parse(run.until));
      }
      if (this.until - from > 4 * STEP * 1000) spans.push([from, this.until]);
      return {
        silent: true,
        itemStyle: { color: window.caelum.dark() ? 'rgba(170,180,195,.10)' : 'rgba(82,92,107,.08)' },
        data: spans.map(([a, b]) => [{ xAxis: a }, { xAxis: b }]),
      };
    }

    table(figure) {
      figure.querySelector('table')?.remove();
      if (!figure.details.open || !this.answer) return;
      const lines = figure.spec.lines.filter(({ metric }) => this.answer.metrics[metric]);
      const table = document.createElement('table');
      const head = table.createTHead().insertRow();
      for (const label of [this.words.time, ...lines.map((each) => each.label)]) {
        const cell = document.createElement('th');
        cell.scope = 'col';
        cell.textContent = label;
        head.append(cell);
      }
      const body = table.createTBody();
      const points = this.answer.metrics[lines[0].metric].mean.length;
      const every = Math.max(1, Math.ceil(points / ROWS));
      for (let i = points - 1; i >= 0; i -= every) {
        const row = body.insertRow();
        row.insertCell().textContent = window.caelum.stamp(
          new Date(Date.parse(this.answer.from) + i * this.answer.step_s * 1000),
        );
        for (const { metric } of lines) {
          const value = this.answer.metrics[metric].mean[i];
          row.insertCell().textContent = value === null ? '–' : window.caelum.number(value, 3) + figure.spec.unit;
        }
      }
      figure.details.append(table);
    }

    chosen(chart, event) {
      const time = chart.convertFromPixel({ gridIndex: 0 }, [event.offsetX, event.offsetY])?.[0];
      if (time >= this.from && time <= this.until) {
        this.dispatchEvent(new CustomEvent('moment', { detail: { time: new Date(time).toISOString() } }));
      }
    }
  }

  customElements.define('caelum-charts', Charts);
})();
