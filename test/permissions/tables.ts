import { optInTag, protectTag } from '../../statemachines/guards/consent';
import { reasonNotToAsk } from './consent';
import { policyOfAll, synthesised } from './deployment';
import { knowsTags, onlyLooks } from './iam-facts';
import { neverCalls } from './never-calls';
import { prefix, type Roles } from './proof';
import { account, region } from './requests';
import { type PolicyStatement, rolesIn } from './synthesised-roles';

/** What the roles of a deployment that starts everything may do, as a table for people. */
export async function tableOfRoles(): Promise<string> {
  const rows: string[][] = [];
  for (const role of worn(everyRole())) {
    const statements = role.policies.flatMap(({ Statement }) => Statement).filter(({ Effect }) => Effect === 'Allow');
    const actions = statements.flatMap(({ Action }) => [Action].flat());
    const looks = new Set(await kept(actions, onlyLooks)).size;
    const writes = (await Promise.all(statements.map(writesOf))).flat();
    const name = `\`${role.name.slice(prefix.length)}\``;
    if (writes.length === 0) rows.push([name, String(looks), 'nothing', '', '']);
    writes.forEach((write, place) => rows.push([...(place === 0 ? [name, String(looks)] : ['', '']), ...write]));
  }
  return table(['role', 'looks', 'may', 'on', 'if'], rows);
}

/** What the worker and the sweeper may do as themselves. */
export function tableOfFunctions(): string {
  return tableOfOne('worker');
}

/** What the page may do, which anybody on the internet can ask for an answer. */
export function tableOfPage(): string {
  return tableOfOne('answer');
}

function tableOfOne(name: string): string {
  const statements =
    everyRole()
      .get(`${prefix}${name}`)
      ?.policies.flatMap(({ Statement }) => Statement) ?? [];
  const rows = statements.map(({ Action, Resource, Condition }) => [
    [Action].flat().map(code).join(', '),
    // One line for all roles that it puts on.
    [...new Set(places(Resource).map((place) => place.replace(/(:role\/NAME-REGION-).+/, '$1…')))].map(code).join(', '),
    conditions(Condition),
  ]);
  return table(['may', 'on', 'if'], rows);
}

/** Writes that do not ask for the opt-in tag, and why. */
export async function tableOfExceptions(): Promise<string> {
  const rows: string[][] = [];
  for (const role of worn(everyRole())) {
    for (const { Action, Resource } of role.policies.flatMap(({ Statement }) => Statement)) {
      for (const action of [Action].flat()) {
        const [resource = '*'] = [Resource ?? '*'].flat();
        if (await onlyLooks(action)) continue;
        const why = await reasonNotToAsk(action, resource);
        if (why === undefined) continue;
        const heeded = (await knowsTags(action, resource)) ? 'heeded' : 'not told by AWS';
        rows.push([code(action), places(resource).map(code).join(', '), why, heeded]);
      }
    }
  }
  return table(['leave', 'on', `why it does not ask for \`${optInTag.key}\``, `\`${protectTag}\``], rows);
}

/** Calls that are denied to all. */
export function tableOfNeverCalls(): string {
  const actions = (calls: readonly string[]): string =>
    [...new Set(calls.map((call) => call.split(' ')[0] ?? ''))].map(code).join(', ');
  return table(
    ['never to', 'calls', 'but for'],
    neverCalls.map(({ why, calls, but = [] }) => [why, actions(calls), but.map(code).join(', ')]),
  );
}

let roles: Roles | undefined;
/** A synthesis takes seconds, and every table asks for it. */
function everyRole(): Roles {
  roles ??= rolesIn(synthesised(policyOfAll('act')));
  return roles;
}

const worn = (all: Roles) => [...all.values()].filter(({ boundary }) => boundary);

async function writesOf({ Action, Resource, Condition }: PolicyStatement): Promise<string[][]> {
  const writes = await kept([Action].flat(), async (action) => !(await onlyLooks(action)));
  return writes.map((action) => [code(action), places(Resource).map(code).join(', '), conditions(Condition)]);
}

async function kept(
  actions: readonly string[],
  keep: (action: string) => Promise<boolean>,
): Promise<readonly string[]> {
  const wanted = await Promise.all(actions.map(keep));
  return actions.filter((_action, place) => wanted[place]);
}

/** ARNs with what depends on the deployment as placeholders. */
function places(resource: PolicyStatement['Resource']): readonly string[] {
  return [resource ?? []].flat().map((arn) =>
    arn
      .replaceAll(`homeostat-${region}-`, 'NAME-REGION-')
      .replace(/\bhomeostat(?!-runbooks)\b/g, 'NAME')
      .replaceAll(account, 'ACCOUNT')
      .replaceAll(region, 'REGION')
      .replace(/key\/[0-9a-f-]{36}/, 'key/OWN'),
  );
}

function conditions(condition: PolicyStatement['Condition'] = {}): string {
  return Object.entries(condition)
    .flatMap(([operator, keys]) => Object.entries(keys).map(([key, value]) => [operator, key, String(value)] as const))
    .map(([operator, key, value]) =>
      operator === 'Null'
        ? `${code(key)} is told`
        : `${code(key)} is ${operator.endsWith('Like') ? 'like ' : ''}${value.split(',').map(code).join(' or ')}`,
    )
    .join(', ');
}

const code = (text: string): string => `\`${text}\``;

function table(heads: readonly string[], rows: readonly (readonly string[])[]): string {
  const lines = [heads, heads.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`);
  return ['<!-- prettier-ignore -->', ...lines].join('\n');
}
