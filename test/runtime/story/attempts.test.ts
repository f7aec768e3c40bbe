import { attemptsOf } from '../../../runtime/story/attempts';
import type { HistoryEntry } from '../../../runtime/store/incident-store';
import { granted, Lived, planned, refusedBy, sick } from './lived';

const entry = (event: HistoryEntry['event'], from: HistoryEntry['from'], to: HistoryEntry['to']): HistoryEntry => ({
  at: event.at,
  event,
  from,
  to,
  remediation: 'reboot-instance',
  calls: [],
});

const started = entry({ type: 'start.succeeded', at: 1 }, 'starting', 'checking');
const resolved = entry({ type: 'symptom.gone', at: 9, detail: 'well' }, 'settling', 'resolved');

describe('what an incident tried', () => {
  it('is said to have healed when it was under way until then', () => {
    expect(attemptsOf([started, resolved])).toEqual([{ remediation: 'reboot-instance', outcome: 'healed' }]);
  });

  it('is not said to have healed what went away after a refusal', () => {
    const failed = entry({ type: 'check.failed', at: 2, detail: 'stuck' }, 'checking', 'confirming');
    const refusal = { type: 'plan.refused', at: 3, remediation: 'replace-instance', reason: 'no group' } as const;
    const refused = entry(refusal, 'planning', 'choosing');
    expect(attemptsOf([started, failed, refused, resolved])).toMatchObject([
      { remediation: 'reboot-instance', outcome: 'failed' },
      { remediation: 'replace-instance', outcome: 'refused' },
    ]);
  });
});

describe('what an incident tried that is only watched', () => {
  const observed = { mode: 'observe' } as const;

  it('is what would have started, with what it would have done', () => {
    expect(attemptsOf(new Lived(observed).happens(...planned(granted)).history)).toEqual([
      { remediation: 'reboot-instance', outcome: 'wouldStart', reason: 'reboot i-0abc' },
    ]);
  });

  it('is what a guard would have held back, with its reason', () => {
    const held = new Lived(observed).happens(...planned(refusedBy('storm', '5 resources fell sick')));
    expect(attemptsOf(held.history)).toEqual([
      { remediation: 'reboot-instance', outcome: 'heldBack', reason: 'storm: 5 resources fell sick' },
    ]);
  });
});

describe('what an incident tried while somebody else was at work there', () => {
  const busy = { type: 'plan.busy', remediation: 'reboot-instance', reason: 'web is being refreshed' } as const;

  it('is busy', () => {
    expect(attemptsOf(new Lived().happens(sick, busy).history)).toEqual([
      { remediation: 'reboot-instance', outcome: 'busy', reason: 'web is being refreshed' },
    ]);
  });

  it('is told once, by what came of it at last', () => {
    const lived = new Lived().happens(sick, busy).wakes();
    expect(attemptsOf(lived.happens(...planned(granted), { type: 'start.succeeded' }).history)).toEqual([
      { remediation: 'reboot-instance', outcome: 'underWay' },
    ]);
  });
});
