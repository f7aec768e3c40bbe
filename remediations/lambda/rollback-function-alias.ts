import { z } from 'zod';
import { aliasOrReason, aliasReads, workOnAlias, type Alias } from '../../vitals/lambda/alias';
import { servedReads } from '../../vitals/lambda/served-versions';
import { defineRemediation } from '../remediation';
import { versionBefore } from './rollback-function-alias/version-before';

const planned = z.object({
  alias: z.string(),
  from: z.string(),
  to: z.string(),
  /** Before-image: Lambda gives an alias another revision at each change, and changes none of another one. */
  revision: z.string(),
});
type Plan = z.infer<typeof planned>;

/** Leads an alias back to the version that it led to before its latest deployment. */
export const rollbackFunctionAlias = defineRemediation({
  name: 'rollback-function-alias',
  title: 'Take the deployment of a function back',
  when: 'A function fails or takes long since its alias was switched to another version.',
  whenNot:
    'It fell sick long after its last deployment, or what was deployed has changed data that the old version cannot read.',
  heals: ['function-erroring'],
  takes: ['function-alias'],
  risk: 'medium',
  needsApproval: false,
  parameters: z.strictObject({
    /** Minutes before the sickness within which a deployment is taken for its cause. */
    withinMinutes: z.int().min(10).max(1_440).default(60),
  }),
  permissions: {
    read: [...aliasReads, ...servedReads],
    write: [{ action: 'lambda:UpdateAlias', on: 'arn:*:lambda:*:*:function:*', tagged: true }],
  },
  snapshots: 'losesNoData',
  patience: { checkEvery: 15, giveUpAfter: 300 },
  planned,

  async plan({ resource, since }, { withinMinutes }, aws) {
    const { id } = resource;
    const alias = await aliasOrReason(id, aws);
    if (typeof alias === 'string') return { kind: 'refused', reason: alias };
    const work = workOnAlias(alias);
    if (work) return { kind: 'busy', reason: work };
    if (alias.version === '$LATEST') {
      return { kind: 'refused', reason: `${id} leads to $LATEST: what that was before nobody can say` };
    }
    const before = await versionBefore(alias, { sickSince: since ?? aws.now(), withinMinutes }, aws);
    if ('refused' in before) return { kind: 'refused', reason: before.refused };
    return {
      kind: 'planned',
      plan: { alias: id, from: alias.version, to: before.version, revision: alias.revision },
      summary: `lead ${id} back from version ${alias.version} to version ${before.version}`,
      touches: [resource],
      group: 'alone',
    };
  },

  async start(plan, aws) {
    const alias = await aliasOrReason(plan.alias, aws);
    if (typeof alias === 'string') return { kind: 'refused', reason: alias };
    if (isBack(plan, alias)) return { kind: 'started' };
    if (alias.revision !== plan.revision) return { kind: 'refused', reason: changed(plan) };
    await aws.lambda.updateAlias({
      FunctionName: alias.function,
      Name: alias.name,
      FunctionVersion: plan.to,
      RevisionId: plan.revision,
    });
    return { kind: 'started' };
  },

  async check(plan, _handle, aws) {
    const alias = await aliasOrReason(plan.alias, aws);
    if (typeof alias === 'string') return { kind: 'failed', detail: alias };
    if (isBack(plan, alias)) return { kind: 'done', detail: `${plan.alias} leads to version ${plan.to} again` };
    return alias.revision === plan.revision
      ? { kind: 'notStarted', detail: `${plan.alias} leads to version ${plan.from} as before` }
      : { kind: 'failed', detail: changed(plan) };
  },

  async undo(plan, aws) {
    const alias = await aliasOrReason(plan.alias, aws);
    if (typeof alias === 'string') return { kind: 'refused', reason: alias };
    if (alias.version === plan.from) return { kind: 'started' };
    if (!isBack(plan, alias)) return { kind: 'refused', reason: changed(plan) };
    await aws.lambda.updateAlias({
      FunctionName: alias.function,
      Name: alias.name,
      FunctionVersion: plan.from,
      RevisionId: alias.revision,
    });
    return { kind: 'started' };
  },
});

/** Whether it leads where the plan wants it to, and nowhere else. */
function isBack(plan: Plan, alias: Alias): boolean {
  return alias.version === plan.to && workOnAlias(alias) === undefined;
}

function changed({ alias }: Plan): string {
  return `${alias} was changed by others since the plan`;
}
