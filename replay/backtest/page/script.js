/* global document, window, IntersectionObserver */
// Draws the incidents of a backtest report, some at a time. Every text gets in as text: nothing here makes markup of one.
'use strict';

const data = JSON.parse(document.getElementById('data').textContent);
const batch = 40;
const minute = 60_000;
const day = 1_440 * minute;

/** The names that people read; the order is the data's. */
const phaseNames = {
  waiting: 'looks and waits',
  held: 'held by a guard',
  asking: 'asks for approval',
  touching: 'touching',
  verifying: 'verifies',
  watching: 'only watches',
  people: 'with people',
};
const kindNames = {
  onlyOld: 'only under the old',
  onlyNew: 'only under the new',
  outcome: 'ends otherwise',
  tried: 'starts something else',
  people: 'other people, or none, are written to',
  guard: 'another guard refuses',
  refusal: 'another remediation refuses',
  rule: 'another rule takes it',
  mode: 'another mode',
  time: 'another time',
};
const likenessNames = ['comes to something else', 'same result by another way', 'the same'];
const outcomeNames = {
  resolved: 'resolved',
  recovered: 'recovered by itself',
  escalated: 'left to people',
  observed: 'only observed',
  open: 'open',
};

/** An element with attributes and children; a text child stays text. */
function element(name, attributes = {}, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  made.append(...children.filter((child) => child !== null));
  return made;
}

function shape(name, attributes = {}, ...children) {
  const made = document.createElementNS('http://www.w3.org/2000/svg', name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  made.append(...children);
  return made;
}

const newOf = (incident) => (incident.new === 'same' ? incident.old : incident.new);
const sidesOf = (incident) => [incident.old, newOf(incident)].filter((side) => side !== null);

function timeText(at) {
  return `${new Date(at).toISOString().slice(0, 16).replace('T', ' ')}`;
}

function durationText(milliseconds) {
  const seconds = Math.round(milliseconds / 1_000);
  const parts = [
    [Math.floor(seconds / 86_400), 'd'],
    [Math.floor(seconds / 3_600) % 24, 'h'],
    [Math.floor(seconds / 60) % 60, 'm'],
    [seconds % 60, 's'],
  ].filter(([count]) => count > 0);
  return (
    parts
      .slice(0, 2)
      .map(([count, unit]) => `${count}${unit}`)
      .join(' ') || '0s'
  );
}

// --- What is shown ---------------------------------------------------------------------------------------------------

const filter = document.getElementById('filter');
const controls = {};

function addSelect(name, label, options) {
  const select = element('select', { name }, ...options.map(([value, text]) => element('option', { value }, text)));
  controls[name] = select;
  filter.append(element('label', {}, label, select));
}

function addFilter() {
  const counted = (like) => data.incidents.filter((one) => one.like === like).length;
  addSelect('difference', 'difference', [
    ['', `all ${data.incidents.length} incidents`],
    ['differs', `all that differ: ${counted(0) + counted(1)}`],
    ...likenessNames.map((name, like) => [`like ${like}`, `${name}: ${counted(like)}`]),
    ...data.kinds.flatMap((kind, place) => {
      const count = data.incidents.filter((one) => one.differences.some(([what]) => what === place)).length;
      return count > 0 ? [[`kind ${place}`, `${kindNames[kind]}: ${count}`]] : [];
    }),
  ]);
  addSelect('rule', 'rule, on either side', [['', 'all rules'], ...data.rules.map((rule) => [rule, rule])]);
  for (const side of ['old', 'new']) {
    addSelect(side, `outcome under the ${side}`, [
      ['', 'any'],
      ...Object.entries(outcomeNames),
      ['none', 'no incident'],
    ]);
  }
  controls.text = element('input', { type: 'search', name: 'text', autocomplete: 'off', spellcheck: 'false' });
  filter.append(element('label', {}, 'resource, condition or id', controls.text));
  filter.addEventListener('input', show);
  filter.addEventListener('submit', (event) => event.preventDefault());
}

function passes(incident) {
  const { difference, rule, text } = Object.fromEntries(
    Object.entries(controls).map(([name, control]) => [name, control.value]),
  );
  const [of, place] = difference.split(' ');
  if (of === 'differs' && incident.like === 2) return false;
  if (of === 'like' && incident.like !== Number(place)) return false;
  if (of === 'kind' && !incident.differences.some(([what]) => what === Number(place))) return false;
  const sides = sidesOf(incident);
  if (rule !== '' && !sides.some((side) => side.rule === rule)) return false;
  const ends = { old: incident.old, new: newOf(incident) };
  for (const side of ['old', 'new']) {
    const wanted = controls[side].value;
    if (wanted !== '' && (ends[side]?.outcome ?? 'none') !== wanted) return false;
  }
  const words = [incident.resource, incident.condition, ...sides.map(({ id }) => id)].join(' ').toLowerCase();
  return words.includes(text.trim().toLowerCase());
}

// --- The list, some at a time ------------------------------------------------------------------------------------------

const list = document.getElementById('list');
const more = document.getElementById('more');
let shown = [];
let drawn = 0;

function show() {
  shown = data.incidents.filter(passes);
  drawn = 0;
  list.replaceChildren();
  document.getElementById('count').textContent =
    shown.length === data.incidents.length
      ? `${shown.length} incidents, those that come to something else first`
      : `${shown.length} of ${data.incidents.length} incidents`;
  drawMore(batch);
}

function drawMore(count) {
  const rows = shown.slice(drawn, drawn + count).map(row);
  list.append(...rows);
  drawn += rows.length;
  more.hidden = drawn >= shown.length;
  more.textContent = `Show more: ${shown.length - drawn} are left`;
  return rows[0];
}

function row(incident) {
  const rules = [...new Set(sidesOf(incident).map(({ rule }) => rule))].join(' → ');
  const button = element(
    'button',
    { type: 'button', 'aria-expanded': 'false' },
    element('span', { class: 'title', dir: 'auto' }, incident.name),
    element('span', { class: 'under' }, `${incident.condition} · rule ${rules}`),
    element('span', { class: 'under' }, `${timeText(incident.at)} UTC`),
  );
  const item = element(
    'li',
    {},
    element('div', {}, button, endsOf(incident)),
    element('div', {}, lanes(incident), differs(incident)),
  );
  button.addEventListener('click', () => {
    const isOpen = button.getAttribute('aria-expanded') === 'true';
    button.setAttribute('aria-expanded', String(!isOpen));
    if (isOpen) item.querySelector('.detail').remove();
    else item.append(detail(incident));
  });
  return item;
}

function endsOf(incident) {
  const end = (side) =>
    side === null ? ['no incident'] : [element('i', { class: `swatch o-${side.outcome}` }), outcomeNames[side.outcome]];
  const [old, fresh] = [incident.old, newOf(incident)];
  const same = old?.outcome === fresh?.outcome;
  return element('div', { class: 'ends' }, ...end(old), ...(same ? [] : [' → ', ...end(fresh)]));
}

/** What differs, in one line: the whole of it is in the detail. */
function differs({ differences }) {
  const said = differences.filter(([what]) => !['outcome', 'people'].includes(data.kinds[what]));
  const [first, ...others] = said.length > 0 ? said : differences;
  if (!first) return null;
  const also = others.length > 0 ? element('span', {}, ` · and ${others.length} more`) : null;
  return element('p', { class: 'differs', dir: 'auto' }, first[1], ...(also ? [also] : []));
}

// --- Time lines --------------------------------------------------------------------------------------------------------

const steps = [0.25, 0.5, 1, 2, 5, 10, 15, 30, 60, 120, 240, 720, 1_440, 2_880, 10_080, 43_200].map(
  (of) => of * minute,
);
const laneHeight = 15;
const left = 4.5;
const right = 1.2;

/** How much of an incident the axis shows: until people have it, and a little of that. */
function horizonOf(incident) {
  const knees = sidesOf(incident).map(({ spans, closed }) => {
    const long = spans.find(
      ([phase, , to]) => data.phases[phase] === 'people' || (data.phases[phase] === 'watching' && to === null),
    );
    return long ? long[1] : (closed ?? spans.at(-1)?.[1] ?? incident.at);
  });
  const ends = sidesOf(incident).map(({ closed }) => closed ?? Infinity);
  return Math.min(
    Math.max(...ends),
    Math.max(incident.at + 10 * minute, incident.at + 1.35 * (Math.max(...knees) - incident.at)),
  );
}

function lanes(incident) {
  const until = horizonOf(incident);
  const width = Math.max(1, until - incident.at);
  const place = (at) => left + ((100 - left - right) * Math.min(width, Math.max(0, at - incident.at))) / width;
  const drawing = shape('svg', { class: 'lanes', width: '100%', height: 2 * (laneHeight + 8) + 18, role: 'img' });
  drawing.setAttribute(
    'aria-label',
    [
      ['old', incident.old],
      ['new', newOf(incident)],
    ]
      .map(spokenLane)
      .join('. '),
  );
  const step = steps.find((one) => width / one <= 8) ?? 30 * day;
  for (let after = 0; after <= width; after += step) {
    const x = `${place(incident.at + after)}%`;
    drawing.append(
      shape('line', { class: 'tick', x1: x, x2: x, y1: 0, y2: 2 * (laneHeight + 8) }),
      shape(
        'text',
        {
          x,
          y: 2 * (laneHeight + 8) + 12,
          'text-anchor': after === 0 ? 'start' : after > 0.97 * width ? 'end' : 'middle',
        },
        after === 0 ? 'opened' : `+${durationText(after)}`,
      ),
    );
  }
  drawing.append(
    ...lane('old', incident.old, 0, place, until),
    ...lane('new', newOf(incident), laneHeight + 8, place, until),
  );
  return drawing;
}

function spokenLane([name, side]) {
  if (side === null) return `${name}: no incident`;
  const parts = side.spans.map(
    ([phase, from, to]) => `${phaseNames[data.phases[phase]]}${to === null ? '' : ` for ${durationText(to - from)}`}`,
  );
  return `${name}: ${[...parts, outcomeNames[side.outcome]].join(', ')}`;
}

function lane(name, side, top, place, until) {
  const label = shape('text', { x: 0, y: top + 11 }, name);
  if (side === null) return [label, shape('text', { x: `${left}%`, y: top + 11 }, 'no incident')];
  const drawn = side.spans
    .filter(([, from]) => from < until)
    .map(([phase, from, to]) => {
      const [begin, end] = [place(from), place(Math.min(to ?? until, until))];
      const box = { x: `${begin}%`, y: top + 2, width: `${Math.max(0.15, end - begin)}%`, height: laneHeight - 4 };
      const block = shape('rect', { ...box, class: `p-${data.phases[phase]}` }, shape('title'));
      block.firstChild.textContent = `${phaseNames[data.phases[phase]]}${to === null ? '' : `, ${durationText(to - from)}`}`;
      return block;
    });
  const marks = [
    ...side.writes
      .filter(([at]) => at <= until)
      .map(([at, action]) => mark(writeMark(place(at), top), `${timeText(at)} ${action}`)),
    ...side.told
      .filter(([at]) => at <= until)
      .map(([at, whom]) =>
        mark(
          shape('circle', { class: 'told', cx: `${place(at)}%`, cy: top + 7.5, r: 4 }),
          `${timeText(at)} wrote to ${whom}`,
        ),
      ),
  ];
  const ending =
    side.closed !== null && side.closed <= until
      ? [
          mark(
            shape('rect', {
              class: `end o-${side.outcome}`,
              x: `${place(side.closed)}%`,
              y: top,
              width: 8,
              height: laneHeight,
            }),
            `${timeText(side.closed)} ${outcomeNames[side.outcome]}`,
          ),
        ]
      : [shape('text', { x: '100%', y: top + 11, 'text-anchor': 'end' }, '›')];
  return [label, ...drawn, ...marks, ...ending];
}

function writeMark(x, top) {
  const holder = shape('svg', { x: `${x}%`, y: top - 2, width: 1, height: 1 });
  holder.append(shape('path', { class: 'write', d: 'M-5 0H5L0 7Z' }));
  return holder;
}

function mark(drawing, text) {
  const title = shape('title');
  title.textContent = text;
  drawing.append(title);
  return drawing;
}

function drawLegend() {
  const used = new Set(
    data.incidents.flatMap((one) => sidesOf(one).flatMap(({ spans }) => spans.map(([phase]) => phase))),
  );
  const swatches = [...used]
    .sort()
    .map((phase) =>
      element('span', {}, element('i', { class: `swatch p-${data.phases[phase]}` }), phaseNames[data.phases[phase]]),
    );
  document
    .getElementById('legend')
    .append(
      ...swatches,
      element('span', {}, '▼ a call that changes something'),
      element('span', {}, '○ somebody is written to'),
      element('span', {}, '▮ ended, in the colour of its outcome'),
      element('span', {}, '› goes on'),
    );
}

// --- Text on demand ----------------------------------------------------------------------------------------------------

function detail(incident) {
  const differences = incident.differences.map(([, text]) => element('li', { dir: 'auto' }, text));
  const [old, fresh] = [incident.old, newOf(incident)];
  const apart = firstApart(old, fresh);
  return element(
    'div',
    { class: 'detail' },
    differences.length > 0 ? element('ul', {}, ...differences) : null,
    story('old', old, apart),
    story('new', incident.new === 'same' ? 'same' : fresh, apart),
    element('p', { class: 'under', dir: 'auto' }, incident.resource),
  );
}

/** Which line of the two stories is the first to differ: what comes before was the same. */
function firstApart(old, fresh) {
  if (old === null || fresh === null || old === fresh) return -1;
  const length = Math.max(old.lines.length, fresh.lines.length);
  for (let at = 0; at < length; at += 1) {
    const [one, other] = [old.lines[at], fresh.lines[at]];
    if (!one || !other || one[0] !== other[0] || withoutRule(one[1]) !== withoutRule(other[1])) return at;
  }
  return -1;
}

/** How a story opens names the rule, which the heading says: two that differ in that alone do not differ yet. */
function withoutRule(text) {
  return text.startsWith('opened: ') ? text.replace(/; rule [^;]*$/, '') : text;
}

/** The time of day, with its date where that is another than the opening's. */
function clockText(at, opened) {
  const [date, time] = new Date(at).toISOString().slice(5, 19).split('T');
  return new Date(opened).toISOString().slice(5, 10) === date ? time : `${date} ${time}`;
}

function story(name, side, apart) {
  if (side === null) return element('div', {}, element('h3', {}, `${name}: no incident`));
  if (side === 'same') return element('div', {}, element('h3', {}, `${name}: the same, word by word`));
  const lines = side.lines.flatMap(([at, text], place) => [
    element('dt', {}, clockText(at, side.lines[0][0])),
    element('dd', { dir: 'auto', ...(place === apart && { class: 'apart' }) }, text),
  ]);
  return element(
    'div',
    {},
    element('h3', {}, `${name}: ${side.id}, rule ${side.rule}, mode ${side.mode}; ${side.tried}`),
    element('dl', {}, ...lines),
  );
}

addFilter();
drawLegend();
show();
more.addEventListener('click', () => drawMore(batch)?.querySelector('button')?.focus());
new IntersectionObserver(
  (seen) => {
    if (seen.some(({ isIntersecting }) => isIntersecting)) drawMore(batch);
  },
  { rootMargin: '600px' },
).observe(more);
// On paper nobody scrolls: what the filter lets through is drawn, as far as anybody reads.
window.addEventListener('beforeprint', () => drawMore(400));
