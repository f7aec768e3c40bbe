import type { ChangeStanding } from '../../remediations/absolute-change';
import { checkOfSteps, dueAmong } from '../../remediations/steps';

const what = 'the log group /shop';
const itself = (step: ChangeStanding): ChangeStanding => step;
const due = (...steps: readonly ChangeStanding[]) => dueAmong(steps, itself, what);
const check = (...steps: readonly ChangeStanding[]) => checkOfSteps(steps, itself, what);

test('the first step that is not made is the one to take', () => {
  expect(dueAmong([1, 2, 3], (step) => (step === 1 ? 'made' : 'due'), what)).toEqual({ due: 2 });
});

test('where all are made there is nothing to start', () => {
  expect(due('made', 'made')).toEqual({ answer: { kind: 'started' } });
});

test('a step that others have overtaken is not taken, nor any after it', () => {
  expect(due('made', 'overtaken', 'due')).toEqual({
    answer: { kind: 'refused', reason: `${what} was changed by others since the plan` },
  });
});

test('steps are done when the last one is made, and go on until then', () => {
  expect(check('made', 'made')).toEqual({ kind: 'done', detail: `${what} is as planned` });
  expect(check('made', 'due')).toMatchObject({ kind: 'continue' });
  expect(check('due', 'due')).toEqual({ kind: 'notStarted', detail: `${what} is as it was before the plan` });
});

test('steps have failed as soon as others have overtaken one of them', () => {
  expect(check('made', 'overtaken')).toMatchObject({ kind: 'failed' });
  expect(check('due', 'overtaken')).toMatchObject({ kind: 'failed' });
});
