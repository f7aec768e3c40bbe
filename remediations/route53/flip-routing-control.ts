import { z } from 'zod';
import type { Resource } from '../../signals/signal';
import { isHealthCheckId, standingReads } from '../../vitals/route53/health-check';
import { controlNames, readStates, routingControlArn, stateReads } from '../../vitals/route53/routing-controls';
import { answerBefore, backFrom, checkOf, standingOf } from '../absolute-change';
import { defineRemediation } from '../remediation';
import { setStates, statesOf } from './flip-routing-control/states';
import { standbyFault, unlessFailing } from './health-check/failing-check';

const control = z.string().regex(routingControlArn, 'a routing control is named by its ARN');

const cluster = {
  /**
   * The endpoints of the cluster, as many as there are, in the order in which they are tried. They are not looked up when they
   * are needed: the control plane that tells them may be what is down.
   */
  endpoints: z
    .array(z.strictObject({ url: z.url({ protocol: /^https$/ }), region: z.string().min(1) }))
    .min(1)
    .max(5),
};

const parameters = z
  .strictObject({
    ...cluster,
    /** ARNs of the routing controls by which traffic comes to what fails. To name one opts it in: IAM knows no tags of it. */
    off: z.array(control).min(1),
    /** ARNs of those by which it comes to what takes over. */
    on: z.array(control).min(1),
    /** Id of the health check that asks what takes over. */
    standby: z.string().refine(isHealthCheckId, 'a health check is named by its id'),
  })
  .refine(({ off, on }) => !off.some((arn) => on.includes(arn)), 'a routing control is switched off or on, not both');

const states = z.record(z.string(), z.enum(['On', 'Off']));
const planned = z.object({ ...cluster, standby: z.string(), from: states, to: states });

/** Switches traffic from what fails to what takes over, through the data plane of routing controls alone. */
export const flipRoutingControl = defineRemediation({
  name: 'flip-routing-control',
  title: 'Switch traffic over by routing controls',
  when: 'What clients are sent to does not answer, and a standby behind another routing control is up and can carry them.',
  whenNot: 'The standby does not answer its health check, or it lacks data or capacity: only people know that.',
  heals: ['endpoint-unhealthy'],
  takes: ['health-check'],
  risk: 'high',
  needsApproval: true,
  parameters,
  permissions: {
    read: [...standingReads, ...stateReads],
    write: [
      {
        action: 'route53-recovery-cluster:UpdateRoutingControlStates',
        on: 'arn:*:route53-recovery-control::*:controlpanel/*/routingcontrol/*',
        tagged: false,
        namedIn: ['off', 'on'],
        condition: { BoolIfExists: { 'route53-recovery-cluster:AllowSafetyRulesOverrides': 'false' } },
      },
    ],
  },
  // The cluster takes seconds, the health checks of the controls some more.
  patience: { checkEvery: 15, giveUpAfter: 300 },
  planned,
  snapshots: 'losesNoData',

  async plan({ resource }, { endpoints, off, on, standby }, aws) {
    const { id, account, region } = resource;
    const noNeed = await unlessFailing(id, aws);
    if (noNeed) return noNeed;
    const { states: from } = await readStates([...off, ...on], endpoints, aws);
    const to = { ...statesOf(off, 'Off'), ...statesOf(on, 'On') };
    if (standingOf({ from, to }, from) === 'made') {
      return {
        kind: 'refused',
        reason: `traffic flows by ${controlNames(on)} already, and ${id} gets no good answers`,
      };
    }
    const objection = await standbyFault(takesOver, standby, aws);
    if (objection) return { kind: 'refused', reason: objection };
    const [first, ...others] = [...off, ...on].map((arn): Resource => {
      return { kind: 'routing-control', id: arn, account, region };
    });
    if (!first) return { kind: 'refused', reason: 'the policy names no routing control' };
    return {
      kind: 'planned',
      plan: { endpoints, standby, from, to },
      summary: `switch off ${controlNames(off)} and on ${controlNames(on)}`,
      touches: [first, ...others],
      // What takes over has been asked, and nothing of what fails is touched.
      group: 'alone',
    };
  },

  async start({ endpoints, standby, from, to }, aws) {
    const { states: now, endpoint } = await readStates(Object.keys(to), endpoints, aws);
    const answer = answerBefore(standingOf({ from, to }, now), theControls);
    if (answer) return answer;
    const objection = await standbyFault(takesOver, standby, aws);
    return objection ? { kind: 'refused', reason: objection } : setStates(to, endpoint, endpoints, aws);
  },

  async check({ endpoints, from, to }, _handle, aws) {
    const { states: now } = await readStates(Object.keys(to), endpoints, aws);
    return checkOf(standingOf({ from, to }, now), theControls, undefined);
  },

  async undo({ endpoints, from, to }, aws) {
    const { states: now, endpoint } = await readStates(Object.keys(to), endpoints, aws);
    const answer = answerBefore(standingOf(backFrom({ from, to }), now), theControls);
    return answer ?? setStates(from, endpoint, endpoints, aws);
  },
});

const takesOver = 'what would take over';
const theControls = 'where the routing controls let traffic flow';
