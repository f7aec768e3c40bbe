import type { Mutation } from './mutation';

/** Bugs in what people say, and in what they are told. */
export const people: readonly Mutation[] = [
  {
    name: 'approval-not-asked',
    what: 'a start that needs people is made without them',
    file: 'statemachines/incident-machine/approval.ts',
    from: 'return needsApproval(context) && yesesTo(context, context.planned?.planHash).length < peopleNeeded(context);',
    to: 'return needsApproval(context) && peopleNeeded(context) < 0;',
    breaks: ['I13', 'I14'],
  },
  {
    name: 'approval-without-hash',
    what: 'a yes to one plan counts for the next',
    file: 'statemachines/incident-machine/approval.ts',
    from: 'return approved !== null && approved.hash === planHash ? approved.by : [];',
    to: 'return approved !== null && planHash !== undefined ? approved.by : [];',
    breaks: ['I13', 'I14'],
  },
  {
    name: 'approval-timeout-is-yes',
    what: 'where nobody answers in time it is started',
    file: 'statemachines/incident-machine/leave.ts',
    from: "{ guard: 'isLate', ...giveUp('nobody approved') },",
    to: "{ guard: 'isLate', target: 'starting', actions: ['forgetDeadline'] },",
    breaks: ['I7', 'I13', 'I14'],
  },
  {
    name: 'one-person-twice',
    what: 'one person who says yes twice counts as two',
    file: 'statemachines/incident-machine/guards.ts',
    from: '!yesesTo(context, event.planHash).includes(nameInBrief(event.by)) &&',
    to: '',
    breaks: ['I14'],
  },
  {
    name: 'scanner-approves',
    what: 'a form without the code of the plan approves it',
    file: 'runtime/answers/answer-page.ts',
    from: 'return code === codeOf(plan.hash) ? undefined : confirmPage(decision, proposal, true);',
    to: 'return code === codeOf(plan.hash) ? undefined : undefined;',
    breaks: ['I13', 'I14'],
  },
  {
    name: 'forged-sender',
    what: 'a message is from whoever it says that it is from',
    file: 'runtime/answers/answer-intake.ts',
    from: 'if (senderId !== userId) {',
    to: 'if (senderId === userId && !senderId) {',
    breaks: ['I13', 'I14'],
  },
  {
    name: 'failed-message-counts',
    what: 'people who could not be told count as told',
    file: 'runtime/perform.ts',
    from: "event: { type: 'notification.failed', at: world.clock.now(), contact, reason: failureOf(error).reason },",
    to: "event: { type: 'notification.sent', at: world.clock.now(), contact },",
    breaks: ['I20'],
  },
  {
    name: 'folded-is-lost',
    what: 'what is to be told in one message for many is told in none',
    file: 'runtime/escalation/notifier.ts',
    from: 'await digests.fold(folded);',
    to: '',
    breaks: ['I20'],
  },
];
