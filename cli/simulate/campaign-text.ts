import { isGreen, showsAllFrom, type Campaign, type Failure } from '../../proof/campaign';
import { demanded } from '../../proof/coverage';
import { faultClasses, faultKinds, faultNames } from '../../proof/faults/catalogue';
import { numbered } from '../incident-text';
import { tableText } from '../table-text';
import { commandOf } from './written-plan';
import { linesAbout, timelineText } from './timeline-text';

/** Seeds of further failures that are named; the rest are counted. */
const seedsNamed = 12;

const many = (value: number): string => value.toLocaleString('en');

/** What a campaign has shown: what went wrong in it, what was reached, and what broke. */
export function campaignText(campaign: Campaign, seconds: number, isFull: boolean): string {
  const { from, seeds, incidents, hash, again, failures } = campaign;
  const perSecond = (count: number): string => many(Math.round(count / seconds));
  return [
    faultsText(campaign),
    '',
    reachedText(campaign),
    '',
    ...failures.flatMap((failure) => [failureText(failure, isFull), '']),
    `${numbered(seeds, 'seed')} from ${from} in ${seconds.toFixed(1)} s: ${many(incidents)} incidents, ${perSecond(incidents)} a second; ${perSecond(60 * seeds)} seeds a minute`,
    againText(again),
    `hash of all trials: ${hash}`,
    verdict(campaign),
  ].join('\n');
}

function faultsText({ faults }: Campaign): string {
  const rows = faultClasses.flatMap((name) =>
    faultNames
      .filter((fault) => faultKinds[fault].class === name)
      .map((fault, index) => ({
        class: index === 0 ? name : '',
        fault,
        struck: many(faults.get(fault) ?? 0).padStart(9),
        'it happens that …': faultKinds[fault].what,
      })),
  );
  return `Faults that struck:\n${tableText(rows)}`;
}

/** What was demanded by its first word, and how often each happened. */
function reachedText({ coverage, seeds, missing }: Campaign): string {
  const kinds = [...new Set(demanded.map((name) => name.split(' ')[0] ?? ''))];
  const lines = kinds.map((kind) => {
    const names = demanded.filter((name) => name.startsWith(`${kind} `));
    const counts = names.map(
      (name) => `${name.slice(kind.length + 1).replace(/^by /, '')} ${many(coverage.get(name) ?? 0)}`,
    );
    return `  ${headOf(kind)}: ${counts.join(', ')}`;
  });
  const lacking =
    missing.length > 0
      ? [`  NEVER REACHED, and a campaign of ${showsAllFrom} seeds and more has to: ${missing.join('; ')}`]
      : seeds < showsAllFrom
        ? [`  (that all of it happened is demanded from ${showsAllFrom} seeds on, with all faults)`]
        : [];
  return ['Reached:', ...lines, ...lacking].join('\n');
}

const heads: Readonly<Record<string, string>> = {
  healed: 'healed by',
  effect: 'effects that succeeded',
  refused: 'refused by',
  state: 'states at the end',
};
const headOf = (kind: string): string => heads[kind] ?? kind;

/** One broken promise: the line that shows it again, what happened, how, and which seeds break it too. */
export function failureText(
  { violation: { invariant, promise }, example, seeds, first }: Failure,
  isFull: boolean,
): string {
  const others = seeds.filter((seed) => seed !== first.seed);
  const named = others.slice(0, seedsNamed).join(', ');
  const more = others.length > seedsNamed ? ` and ${numbered(others.length - seedsNamed, 'other')}` : '';
  return [
    `${invariant} IS BROKEN: ${promise}`,
    `  ${example.violation.what}`,
    `  reproduce: ${commandOf(example.plan)}`,
    `  (made smaller in ${numbered(example.runs, 'run')}; found as: ${commandOf({ seed: first.seed })})`,
    timelineText(linesAbout(example.violation.what, example.lines), isFull),
    ...(others.length > 0 ? [`  the same is broken by ${others.length === 1 ? 'seed' : 'seeds'} ${named}${more}`] : []),
  ].join('\n');
}

function againText({ seeds, differ }: Campaign['again']): string {
  return differ.length === 0
    ? `${numbered(seeds, 'seed')} ran twice, each with the same hash`
    : `NOT REPRODUCIBLE: of ${numbered(seeds, 'seed')} that ran twice these went otherwise: ${differ.join(', ')}`;
}

function verdict(campaign: Campaign): string {
  if (isGreen(campaign)) return 'Nothing is violated.';
  const { failures, missing } = campaign;
  const failed = failures.reduce((sum, { seeds }) => sum + seeds.length, 0);
  return `FAILED: ${numbered(failed, 'trial')} broke ${numbered(failures.length, 'promise')}, ${missing.length} of ${demanded.length} demanded things never happened.`;
}
