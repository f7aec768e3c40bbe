import { readFileSync, writeFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { Option, type Command } from 'commander';
import { isGreen, runCampaign, type Campaign } from '../proof/campaign';
import { Crew } from '../proof/campaign/crew';
import { outcomeOf, type Outcome } from '../proof/campaign/outcome';
import { faultKinds, faultNames, type FaultName } from '../proof/faults/catalogue';
import { huntAll, mutations, type Hunt } from '../proof/mutations';
import type { Mutation } from '../proof/mutations/mutation';
import { tell, type CommandResult } from './command-result';
import { numbered } from './incident-text';
import { campaignText } from './simulate/campaign-text';
import { mutationsText } from './simulate/mutation-text';
import { timelineText } from './simulate/timeline-text';
import {
  commandOf,
  positiveNumber,
  wholeNumber,
  writtenFaults,
  writtenMutations,
  writtenPlaces,
} from './simulate/written-plan';

interface Options {
  readonly seeds: number;
  readonly from: number;
  readonly seed?: number;
  readonly only?: readonly FaultName[];
  readonly without?: readonly FaultName[];
  readonly ailments?: readonly number[];
  readonly threads: number;
  readonly mutations?: true;
  readonly onlyMutation?: readonly Mutation[];
  readonly full?: true;
  readonly json?: true;
}

/** What says how a campaign goes, and nothing to one world; and the other way round. */
const ofMany = ['seeds', 'from', 'threads'];
const ofOne = ['seed', 'ailments'];

/** `homeostat simulate`: the deployment in a world in which things go wrong, seed after seed, held against its invariants. */
export function registerSimulate(program: Command): void {
  program
    .command('simulate')
    .description(
      'run the whole of Homeostat in simulated worlds in which things go wrong, and hold it to its invariants',
    )
    .option('--seeds <number>', 'how many worlds', positiveNumber, 2_000)
    .option('--from <seed>', 'the first of them', wholeNumber, 1)
    .addOption(
      new Option('--seed <seed>', 'one world, with all that happens in it').argParser(wholeNumber).conflicts(ofMany),
    )
    .option('--only <faults>', 'no other faults than these, of those that a seed draws; none for none', writtenFaults)
    .addOption(
      new Option('--without <faults>', 'all faults that a seed draws but these')
        .argParser(writtenFaults)
        .conflicts('only'),
    )
    .addOption(
      new Option('--ailments <places>', 'with --seed: what falls sick, by its place')
        .argParser(writtenPlaces)
        .conflicts(ofMany),
    )
    .option('--threads <number>', 'trials that run at one time', positiveNumber, availableParallelism())
    .addOption(
      new Option('--mutations', 'plant bugs one at a time, and see that each is found').conflicts([
        ...ofOne,
        'only',
        'without',
      ]),
    )
    .addOption(
      new Option('--only-mutation <names>', 'plant these bugs only')
        .argParser(writtenMutations)
        .implies({ mutations: true }),
    )
    .option('--full', 'leave nothing out of a timeline')
    .option('--json', 'print one JSON object')
    .action(async (options: Options, command: Command) => {
      if (options.ailments && options.seed === undefined)
        command.error("error: option '--ailments <places>' is for one world: name it with --seed", { exitCode: 2 });
      tell(await simulate(options));
    });
}

async function simulate(options: Options): Promise<CommandResult> {
  if (options.mutations) return runMutations(options);
  const { only, without } = options;
  const faults = without ? faultNames.filter((name) => !without.includes(name)) : only;
  return options.seed === undefined ? runMany(options, faults) : runOne(options.seed, options, faults);
}

async function runOne(
  seed: number,
  { ailments, full, json }: Options,
  only: readonly FaultName[] | undefined,
): Promise<CommandResult> {
  const plan = { seed, ...(only && { only }), ...(ailments && { ailments }) };
  const outcome = await outcomeOf({ plan, keepsLines: true });
  return {
    status: outcome.violation ? 1 : 0,
    out: json ? JSON.stringify(asObjects(outcome), null, 2) : trialText(commandOf(plan), outcome, full === true),
    err: '',
  };
}

function trialText(command: string, outcome: Outcome, isFull: boolean): string {
  const { had, faults, lines, violation, incidents, hash } = outcome;
  const struck = had.map(
    (name) => `  ${name.padEnd(20)} ${`${faults.get(name) ?? 0}`.padStart(6)}  ${faultKinds[name].what}`,
  );
  return [
    command,
    '',
    ...(struck.length > 0 ? ['Faults that it has, and how often each struck:', ...struck] : ['It has no faults.']),
    '',
    timelineText(lines, isFull),
    '',
    ...(violation ? [`${violation.invariant} IS BROKEN: ${violation.promise}`, `  ${violation.what}`] : []),
    `${numbered(incidents, 'incident')}; hash ${hash}`,
    ...(violation ? [] : ['Nothing is violated.']),
  ].join('\n');
}

async function runMany(options: Options, only: readonly FaultName[] | undefined): Promise<CommandResult> {
  const { seeds, from, threads, full, json } = options;
  const crew = new Crew(Math.min(threads, seeds));
  const begin = performance.now();
  const onProgress = (done: number, failed: number): void => {
    show(`${done} trials${failed > 0 ? `, ${failed} failed` : ''}`);
  };
  let campaign: Campaign;
  try {
    campaign = await runCampaign({ seeds, from, ...(only && { only }), onProgress }, crew);
  } finally {
    await crew.close();
    show('');
  }
  const seconds = (performance.now() - begin) / 1_000;
  return {
    status: isGreen(campaign) ? 0 : 1,
    out: json
      ? JSON.stringify(asObjects({ ...campaign, seconds }), null, 2)
      : campaignText(campaign, seconds, full === true),
    err: '',
  };
}

async function runMutations({ onlyMutation = mutations, seeds, from, threads, json }: Options): Promise<CommandResult> {
  const begin = performance.now();
  let done = 0;
  const hunts = await huntAll(onlyMutation, { from, atMost: seeds, threads }, ({ mutation: { name } }) => {
    done += 1;
    show(`${done} of ${onlyMutation.length} planted bugs; last ${name}`);
  });
  show('');
  if (process.env['UPDATE_SEEDS'] !== undefined) keepSeeds(hunts);
  const seconds = (performance.now() - begin) / 1_000;
  return {
    status: hunts.every(({ found }) => found) ? 0 : 1,
    out: json ? JSON.stringify(hunts, null, 2) : mutationsText(hunts, seeds, seconds),
    err: '',
  };
}

/** Writes down by which seed each was found: the next time that one comes first. */
function keepSeeds(hunts: readonly Hunt[]): void {
  const file = join(__dirname, '../proof/mutations/first-seeds.json');
  const found = hunts.flatMap(({ mutation: { name }, found: by }): [string, number][] => (by ? [[name, by.seed]] : []));
  const kept = JSON.parse(readFileSync(file, 'utf8')) as Record<string, number>;
  const sorted = Object.entries({ ...kept, ...Object.fromEntries(found) }).sort(([one], [other]) =>
    one < other ? -1 : 1,
  );
  writeFileSync(file, `${JSON.stringify(Object.fromEntries(sorted), null, 2)}\n`);
}

/** In the place of what was shown before; nothing where nobody looks. */
function show(line: string): void {
  if (process.stderr.isTTY) process.stderr.write(`\r\u001b[K${line}`);
}

/** With plain objects in the place of maps, so that it can be written as JSON. */
function asObjects(value: unknown): unknown {
  if (value instanceof Map) return Object.fromEntries([...value].map(([key, one]) => [key, asObjects(one)]));
  if (Array.isArray(value)) return value.map(asObjects);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, asObjects(one)]));
}
