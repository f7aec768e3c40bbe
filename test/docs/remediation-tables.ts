import { z } from 'zod';
import { remediations } from '../../remediations';
import { anyCondition, type Remediation } from '../../remediations/remediation';
import { sources } from '../../signals';
import { cloudwatchAlarm } from '../../signals/cloudwatch-alarm';
import { alarmsOn } from '../../signals/cloudwatch-alarm/alarm-conditions';
import { resourceKinds } from '../../signals/signal';
import { contractCases } from '../emulators/contract/cases';
import { disagreements } from '../emulators/disagreements';
import { fileOf } from '../remediations/files';
import { recordingsOf } from '../remediations/recordings';
import { tableOf } from './table';

/** What the folders of `remediations/` are called for people. */
const systems: Readonly<Record<string, string>> = {
  'load-balancing': 'Load balancing and zones',
  'auto-scaling': 'Auto Scaling',
  ec2: 'EC2 and EBS',
  ecs: 'ECS',
  rds: 'RDS and Aurora',
  elasticache: 'ElastiCache',
  dynamodb: 'DynamoDB',
  backup: 'AWS Backup',
  efs: 'EFS',
  emr: 'EMR',
  s3: 'S3',
  route53: 'Route 53 and routing controls',
  lambda: 'Lambda',
  monitoring: 'CloudWatch, CloudWatch Logs and SNS',
  'systems-manager': 'Systems Manager',
};

const code = (text: string): string => `\`${text}\``;
const recording = (name: string): string => `[${name}](../../test/recordings/${name}/expected.txt)`;

/** Some of them: all are told in the page of the system. */
const few = (names: readonly string[]): string => names.slice(0, 2).map(recording).join('<br>');

/** Each remediation by its system: what tells of what it heals, where that is recorded, and which of its calls emulators answer. */
export function coverageTable(): string {
  const rows = Object.entries(systems).flatMap(([folder, title]) =>
    of(folder).map((remediation, place) => {
      const { heals, refuses } = recordingsOf(remediation.name);
      return [
        place === 0 ? `[${title}](${folder}.md)` : '',
        code(remediation.name),
        told(remediation),
        few(heals),
        few(refuses),
        checkedCalls(remediation),
      ];
    }),
  );
  const heads = [
    'system',
    'remediation',
    'told by',
    'heals in',
    'refuses in',
    'calls that an emulator answers as AWS does',
  ];
  return tableOf(heads, rows);
}

/** All that there is to know of the remediations of one folder before a policy names them. */
export function systemPage(folder: string): string {
  const known = of(folder);
  if (known.length === 0) throw new Error(`no remediation stands in remediations/${folder}`);
  return known.map(section).join('\n\n');
}

const of = (folder: string): readonly Remediation[] =>
  remediations.filter(({ name }) => fileOf(name).system === folder);

function told({ heals }: Remediation): string {
  if (heals.includes(anyCondition)) return 'what the policy says';
  return heals
    .map((condition) => {
      const by = sources
        .filter(({ name, tells }) => (tells === 'any' ? tellsByItself(name, condition) : tells.includes(condition)))
        .map(({ name }) => name);
      return `${code(condition)} (${by.length > 0 ? by.join(', ') : 'only by a tag, a mapping or an event of yours'})`;
    })
    .join('<br>');
}

/** Whether alarms on metrics of AWS's own tell of it by themselves. What an operator's programs tell is whatever they tell. */
function tellsByItself(source: string, condition: string): boolean {
  return source === cloudwatchAlarm.name && resourceKinds.some((kind) => alarmsOn(condition, kind).length > 0);
}

function checkedCalls({ permissions: { read, write } }: Remediation): string {
  const share = (actions: readonly string[]): string => {
    const all = [...new Set(actions)];
    return `${all.filter(isChecked).length} of ${all.length}`;
  };
  return `writes ${share(write.map(({ action }) => action))}, reads ${share(read)}`;
}

/** Whether one of the emulators does in some case what AWS does. */
function isChecked(action: string): boolean {
  const cases = contractCases.filter(({ operation }) => operation === action).length;
  return (['moto', 'ministack'] as const).some(
    (name) => disagreements.filter((row) => row.operation === action && row.emulator === name).length < cases,
  );
}

function section(remediation: Remediation): string {
  const { name, title, when, whenNot, takes, risk, needsApproval, patience, permissions } = remediation;
  const { heals, refuses } = recordingsOf(name);
  const lines = [
    `**When:** ${when}`,
    `**Not when:** ${whenNot}`,
    `**Heals** ${told(remediation)} of ${takes.map(code).join(', ')}.`,
    `**Risk** ${risk}; ${needsApproval ? 'asks first, unless the policy says otherwise' : 'does not ask'}. Looks every ${patience.checkEvery} s, and gives up ${patience.giveUpAfter / 60} min after the start.`,
    `**Writes** ${permissions.write.map(({ action, on }) => `${code(action)} on ${code(on)}`).join(', ')}.`,
    `**With \`snapshotFirst\`** ${keeping(remediation)}.`,
    `**Recorded** healing in ${heals.map(recording).join(', ')}; refusing in ${refuses.map(recording).join(', ')}.`,
  ];
  return [
    `## \`${name}\``,
    `${title}: [remediations/${fileOf(name).system}/${name}.ts](../../remediations/${fileOf(name).system}/${name}.ts)`,
    lines.map((line) => `- ${line}`).join('\n'),
    parametersOf(remediation),
  ]
    .filter((part) => part !== '')
    .join('\n\n');
}

/** What the option of a rung means to it. */
function keeping({ snapshots }: Remediation): string {
  if (snapshots === 'losesNoData') return 'it starts as ever: it can lose no data';
  if (typeof snapshots !== 'object') return 'a policy has a fault: it could lose data of which no snapshot can be made';
  return `it takes a snapshot first, of ${snapshots.kinds.map(code).join(' or ')}, where its plan could lose data`;
}

interface JsonSchema {
  readonly type?: string;
  readonly default?: unknown;
  readonly description?: string;
  readonly enum?: readonly unknown[];
  readonly minimum?: number;
  readonly maximum?: number;
  readonly properties?: Readonly<Record<string, JsonSchema>>;
  readonly required?: readonly string[];
}

/** What a policy may set, and what it is if it does not. */
function parametersOf({ parameters }: Remediation): string {
  const { properties = {}, required = [] } = z.toJSONSchema(parameters, { io: 'input' }) as JsonSchema;
  const rows = Object.entries(properties).map(([key, schema]) => [
    code(key),
    schema.enum
      ? schema.enum.map((one) => code(String(one))).join(', ')
      : [schema.type ?? 'any', bounds(schema)].join(''),
    schema.default === undefined ? (required.includes(key) ? 'must be set' : '') : code(JSON.stringify(schema.default)),
  ]);
  return rows.length === 0 ? '' : tableOf(['parameter', 'takes', 'if it is not set'], rows);
}

function bounds({ minimum, maximum }: JsonSchema): string {
  const most = maximum !== undefined && maximum < Number.MAX_SAFE_INTEGER ? ` to ${maximum}` : '';
  return minimum === undefined || minimum <= Number.MIN_SAFE_INTEGER
    ? most.replace(' to', ' up to')
    : ` from ${minimum}${most}`;
}
