import type { Mutation } from './mutation';

/**
 * Bugs that 600 worlds did not show: what the simulation is blind to as it is. Tests of their own are all that holds these. One that is
 * found belongs to the others.
 */
export const blindSpots: readonly Mutation[] = [
  {
    name: 'two-incidents-on-one-sickness',
    what: 'two workers open two incidents on one sickness',
    file: 'runtime/store/dynamodb-store/writes.ts',
    from: '[changed(put({ ...aboutKey(incident), ...named }, asRead(held, aboutKey(incident))))]',
    to: '[changed(put({ ...aboutKey(incident), ...named }))]',
    breaks: ['I3'],
  },
  {
    name: 'recurrence-forgotten',
    what: 'what comes back soon begins anew',
    file: 'runtime/intake.ts',
    from: 'const recurrence = before && recurrenceOf(before, rule, at);',
    to: 'const recurrence = before && recurrenceOf(before, rule, Infinity);',
    breaks: ['I11'],
  },
  {
    name: 'failed-read-taken-for-well',
    what: 'a read that fails counts as a look at somebody who is well',
    file: 'runtime/perform.ts',
    from: "return { event: { type: 'symptom.unreadable', at: world.clock.now(), detail: failureOf(error).reason }, calls };",
    to: "return { event: { type: 'symptom.gone', at: world.clock.now(), detail: failureOf(error).reason }, calls };",
    breaks: ['I17'],
  },
  {
    name: 'empty-answer-taken-for-gone',
    what: 'an answer without the instance means that there is none',
    file: 'vitals/ec2/instance.ts',
    from: 'if (!instance) throw new Error(`EC2 answered nothing about ${id}`);',
    to: "if (!instance) throw Object.assign(new Error(`EC2 answered nothing about ${id}`), { name: 'InvalidInstanceID.NotFound' });",
    breaks: ['I17', 'I22'],
  },
  {
    name: 'late-yes-counts',
    what: 'a yes counts after its time',
    file: 'statemachines/incident-machine/guards.ts',
    from: '!yesesTo(context, event.planHash).includes(nameInBrief(event.by)) &&\n  // The timer that ends the wait may be late itself.\n  !hasPassed(context.deadlineAt, event);',
    to: '!yesesTo(context, event.planHash).includes(nameInBrief(event.by));',
    breaks: ['I14'],
  },
  {
    name: 'digest-forgotten',
    what: 'a message for many that could not be sent is forgotten',
    file: 'runtime/escalation/digests.ts',
    from: "if (!sent.some(({ status }) => status === 'fulfilled')) return;",
    to: '',
    breaks: ['I20'],
  },
  {
    name: 'ledger-unconditional',
    what: 'the ledger of starts is written over what another wrote meanwhile',
    file: 'runtime/store/dynamodb-store/writes.ts',
    from: 'changed(put({ ...ledgerKey, ...after, ...expiry }, ledger ? sameVersion : absent)),',
    to: 'changed(put({ ...ledgerKey, ...after, ...expiry })),',
    breaks: ['I9'],
  },
];
