import { digestMessage } from '../../../runtime/escalation/digest-message';
import { emailOf, subjectOf } from '../../../runtime/escalation/email';
import type { Folded } from '../../../runtime/store/digest-store';

const at = Date.parse('2026-03-02T10:00:00Z');
const minute = 60_000;
const inWeb = ['111122223333/eu-central-1/auto-scaling-group/web', 'zone/111122223333/eu-central-1a'];

/** What is told of one of many incidents. */
function told(place: number, kind: Folded['kind'], overrides: Partial<Folded> = {}): Folded {
  const incident = `inc-${String(place).padStart(4, '0')}`;
  return {
    contact: 'oncall',
    notice: `${incident}-${kind}-0`,
    kind,
    incident,
    at,
    openedAt: at - 5 * minute,
    rule: 'web-tier',
    condition: 'ec2-instance-impaired',
    resource: `111122223333/eu-central-1/ec2-instance/i-${place}`,
    scopes: inWeb,
    ...overrides,
  };
}

const upTo = (count: number, from = 0) => Array.from({ length: count }, (_, place) => from + place);
const messageOf = (...folded: readonly Folded[]) => digestMessage({ contact: 'oncall', folded }, at);

describe('the message about a storm', () => {
  it('says how many, where, since when, which, and what to do, however many there are', () => {
    const message = messageOf(
      ...upTo(988, 12).map((place) => told(place, 'held')),
      ...upTo(12).map((place) => told(place, 'escalated', place === 3 ? { openedAt: at - 7 * minute } : {})),
    );
    expect(subjectOf(message)).toBe('[Homeostat] 12 incidents need you; 988 are held by a storm; most in group web');
    const first = [3, ...upTo(12).filter((place) => place !== 3)];
    expect(emailOf(message)).toBe(`12 incidents need you; 988 are held by a storm; most in group web

This is one message for 1,000 incidents: so many messages of their own nobody would read.
12 need you: Homeostat does nothing more there. Where nobody acknowledges, the next tier is called.
988 are held by a storm: so much falls sick together that nothing is touched there. They go on one by one once it is over; where one may not start in time, people are called.

To answer:
  - homeostat acknowledge --all
  - homeostat acknowledge ID … for some of them

Next step:  Look for what they have in common, first in group web: a deployment, a zone, a database that all of them need.
Since:      2026-03-02 09:53 UTC, when the first of them opened

Most concerned:
  - group web: 1,000 incidents
  - zone eu-central-1a: 1,000 incidents

The first 12:
${first.map((place) => `  - inc-${String(place).padStart(4, '0')}: EC2 instance i-${place} (ec2-instance-impaired) needs you`).join('\n')}
  - 988 more: see the lists

Lists:
  - homeostat incidents --state escalated --limit 1000
  - homeostat incidents --state held --limit 1000

Contact: oncall  Incidents: 1000
`);
  });

  it('names the places in which most are, the smaller ones first of those that have as many', () => {
    const elsewhere = { scopes: ['region/111122223333/eu-west-1', 'zone/111122223333/eu-west-1b'] };
    const message = messageOf(told(1, 'held'), ...upTo(3, 2).map((place) => told(place, 'held', elsewhere)));
    const concerned = message.sections.find(({ heading }) => heading === 'Most concerned')?.items;
    expect(concerned).toEqual([
      'zone eu-west-1b: 3 incidents',
      'region eu-west-1: 3 incidents',
      'group web: 1 incident',
      'zone eu-central-1a: 1 incident',
    ]);
  });

  it('takes an incident as it stood last', () => {
    const message = messageOf(
      ...[1, 2, 3].map((place) => told(place, 'held')),
      ...[1, 2].map((place) => told(place, 'escalated', { at: at + minute })),
      told(1, 'recovered', { at: at + minute }),
    );
    expect(message.title).toBe('1 incident needs you; 1 is held by a storm; 1 is well again; most in group web');
  });

  it('says until when the first of those must be answered that ask for approval, and how', () => {
    const text = emailOf(
      messageOf(told(1, 'approval', { until: at + 30 * minute }), told(2, 'approval', { until: at + 20 * minute })),
    );
    expect(text).toContain('2 ask for your approval: answer each, the first by 2026-03-02 10:20 UTC (in 20m)');
    expect(text).toContain('  - homeostat approve ID\n  - homeostat deny ID\n');
    expect(text).toContain(
      'inc-0001: EC2 instance i-1 (ec2-instance-impaired) asks for your approval, by 2026-03-02 10:30 UTC',
    );
  });

  it('asks for nothing where all are well again', () => {
    const message = messageOf(told(1, 'recovered'), told(2, 'recovered'));
    expect(message.answer).toBeUndefined();
    expect(message.nextStep).toBe('Look whether you agree: Homeostat has looked once.');
  });

  it('names at least the rule where the resource cannot be read', () => {
    const { resource: _unread, ...bare } = told(1, 'parked');
    expect(emailOf(messageOf(bare))).toContain('inc-0001: web-tier (ec2-instance-impaired) is left alone');
  });

  it('names what needs people before what has waited longer', () => {
    const message = messageOf(told(1, 'held', { openedAt: 0 }), told(3, 'escalated'), told(2, 'escalated'));
    const which = message.sections.find(({ heading }) => heading === 'Which')?.items;
    expect(which?.map((item) => item.split(':')[0])).toEqual(['inc-0002', 'inc-0003', 'inc-0001']);
  });

  it('grows no longer with the number of incidents and places', () => {
    const lengthOf = (count: number): number => {
      const places = (place: number) => ({
        scopes: [`111122223333/eu-central-1/auto-scaling-group/web-${place % 97}`],
      });
      return emailOf(messageOf(...upTo(count).map((place) => told(place, 'held', places(place))))).length;
    };
    expect(lengthOf(10_000) - lengthOf(100)).toBeLessThan(50);
  });

  it('is in the thread of its contact, and another message than the one before', () => {
    const message = messageOf(told(1, 'held'));
    expect(message).toMatchObject({ kind: 'digest', thread: 'digest-oncall' });
    expect(messageOf(told(1, 'held', { at: at + minute })).id).not.toBe(message.id);
  });
});
