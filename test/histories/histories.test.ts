import { firstDifference } from '../../replay/history-decisions';
import { declared, keptOf, present, releases, undeclared } from './kept';

test('the present release has its histories', () => {
  expect(releases()).toContain(present);
});

test.each(releases())('what %s decided is decided the same today, or the change says so', async (release) => {
  const differences = (await keptOf(release)).flatMap(({ name, history }) => {
    const difference = firstDifference(history);
    return difference ? [{ release, name, difference }] : [];
  });
  const said = declared().filter((one) => one.release === release);
  expect(undeclared(differences, said).join('\n\n')).toBe('');
});

test('nothing is declared of a release that is not kept', () => {
  expect(declared().filter(({ release }) => !releases().includes(release))).toEqual([]);
});

describe('a difference', () => {
  const difference = {
    entry: 3,
    at: 0,
    event: 'symptom.present',
    from: 'confirming',
    then: { state: 'choosing', remediation: null, asks: null },
    today: null,
    why: 'then it went to choosing',
  } as const;
  const found = { release: '0.1.0', name: 'act/runbook/inc-1', difference };
  const said = { release: '0.1.0', history: 'act/runbook/inc-1', entry: 3, reason: 'for the sake of the test' };

  it('that is not declared is told with the line that declares it', () => {
    expect(undeclared([found], []).join()).toContain(
      '- { release: 0.1.0, history: act/runbook/inc-1, entry: 3, reason: … }',
    );
  });

  it('that is declared is accepted, at that entry of that history alone', () => {
    expect(undeclared([found], [said])).toEqual([]);
    expect(undeclared([found], [{ ...said, entry: 4 }])).toHaveLength(2);
    expect(undeclared([{ ...found, name: 'act/runbook/inc-2' }], [said])).toHaveLength(2);
  });

  it('that is declared and does not occur is told, too', () => {
    expect(undeclared([], [said]).join()).toContain('take the line out');
  });
});
