import { attemptsOf } from '../../../runtime/story/attempts';
import type { HistoryEntry } from '../../../runtime/store/incident-store';

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
