import { makeBundles, sizeOfBare, sizeOfHomeostat, type Bundles, type BundleSize } from './bundles';
import { alarmsForCold, measureColdStart, rounds, type ColdStart } from './cold-start';
import { answerAfter, billOf, elsewhere, sumOf } from './cost';
import { sickInstances } from './ground';
import { LoopbackAws } from './loopback/endpoint';
import { meter, type Metered } from './metered';
import { kilobytes, milliseconds, perMillion, printTable, times } from './table';
import { alarmsForWarm, measureWarm, type Warm } from './warm';

/** Measures the bundle that is deployed, against AWS on a loopback port and against a bare function of twenty lines. */
export async function measureDeployed(): Promise<void> {
  const bundles = await makeBundles();
  printSizes(bundles);
  const ground = await sickInstances(alarmsForCold + alarmsForWarm, Date.now());
  const aws = await LoopbackAws.open(ground.account);
  try {
    printColdStart(await measureColdStart(bundles, aws, ground));
    printWarm(await measureWarm(bundles, aws, ground));
  } finally {
    await aws.close();
  }
  printMetered('A rule that lets AWS heal first (wait: 2m)', await meter(bundles.waiting));
  printMetered('A rule that acts at once', await meter(bundles.acting));
}

function printSizes(bundles: Bundles): void {
  const row = (name: string, { raw, zipped, eager }: BundleSize): string[] => [
    name,
    kilobytes(raw),
    kilobytes(zipped),
    kilobytes(eager),
  ];
  printTable('Bundle', [
    ['', 'size', 'gzip', 'evaluated at load'],
    row('Homeostat', sizeOfHomeostat(bundles.waiting)),
    row('bare function', sizeOfBare(bundles.bare)),
    row('bare function, lean client', sizeOfBare(bundles.bareLean)),
  ]);
}

function printColdStart(cold: ColdStart): void {
  const { bare, bareLean, bareUnbundled } = cold;
  const row = (name: string, cpu: number, aim = ''): string[] => [
    name,
    milliseconds(cpu),
    ...[bareUnbundled, bare, bareLean].map((base) => times(cpu / base)),
    aim,
  ];
  printTable(
    `Cold start: CPU of a new process, all threads, until the request arrives; median of ${rounds}, without compile cache`,
    [
      ['', 'CPU', 'of SDK as installed', 'of bundled', 'of bundled lean', 'aim'],
      row('bare function, SDK as installed: reboot', bareUnbundled),
      row('bare function, bundled: reboot', bare),
      row('bare function, bundled with a lean client: reboot', bareLean),
      row('Homeostat: first commit, AWS heals first', cold.commitWaiting, '0.60 ×'),
      row('Homeostat: first commit, planned at once', cold.commitActing, '0.60 ×'),
      row('Homeostat: reboot', cold.remediation, '1.25 ×'),
    ],
  );
}

function printWarm({ bare, ours, cpu, requests }: Warm): void {
  printTable(`Warm: one alarm, ${requests} requests of Homeostat's to 1 of the bare function's, on loopback`, [
    ['', 'p50', 'p95', 'CPU'],
    ['bare function', milliseconds(bare.p50), milliseconds(bare.p95), milliseconds(cpu.bare)],
    ['Homeostat, up to its next wait', milliseconds(ours.p50), milliseconds(ours.p95), milliseconds(cpu.ours)],
    [
      'overhead',
      milliseconds(ours.p50 - bare.p50),
      milliseconds(ours.p95 - bare.p95),
      milliseconds(cpu.ours - cpu.bare),
    ],
    ['ratio', times(ours.p50 / bare.p50), times(ours.p95 / bare.p95), times(cpu.ours / cpu.bare)],
  ]);
}

function printMetered(heading: string, metered: Metered): void {
  const { consumed, transitions, requests } = metered;
  const { write, index, commits } = consumed;
  const bill = billOf(metered);
  printTable(`${heading}: one healed incident`, [
    ['', 'count', '$ a million', 'aim'],
    [`commits, of ${commits.join(' + ')} write units`, String(commits.length), '', '4'],
    ['write units, with indexes', String(write + index), '', '16'],
    ...bill.map(({ name, count, dollars }) => [name, figure(count), perMillion(dollars)]),
    ['together', '', perMillion(sumOf(bill))],
    ...elsewhere(transitions).map(({ name, count, dollars }) => [
      `${name}: ${count} transitions alone`,
      '',
      perMillion(dollars),
    ]),
  ]);
  const byService = Object.entries(requests).map(([service, count]) => `${service} ${count}`);
  console.log(`  requests: ${byService.join(', ')}; the wait for each is taken for ${answerAfter} ms`);
}

const figure = (count: number): string => (Number.isInteger(count) ? String(count) : count.toPrecision(2));
