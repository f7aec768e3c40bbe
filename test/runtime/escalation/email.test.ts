import { emailOf, subjectOf } from '../../../runtime/escalation/email';
import {
  askingMessage,
  digestAbout,
  endlessMessage,
  givenUp,
  heldMessage,
  hostileNames,
  lived,
  messageAbout,
} from './history';

const longestAtSns = 256 * 1024;

describe('an e-mail', () => {
  it('tells who is woken up all that is known, the most urgent first', async () => {
    const { told } = await givenUp();
    const { message } = told[0]!;
    expect(subjectOf(message)).toBe('[Homeostat] Needs you: EC2 instance i-0abc (ec2-instance-impaired)');
    expect(emailOf(message)).toBe(`Needs you: EC2 instance i-0abc (ec2-instance-impaired)

Homeostat gives up: nothing that may be tried is left.
Homeostat does nothing more. Unless somebody acknowledges it, manager is called in 15m.

To say that you have it:
  - homeostat acknowledge inc-1

Next step:  Look at its system log and screenshot (Actions, Monitor and troubleshoot); then restore it from its image or replace it.
Sick:       EC2 instance i-0abc in eu-central-1, account 111122223333
Since:      2026-03-02 02:50 UTC (10m30s before this message)

What was seen:
  - web-1 status is ALARM: 2 datapoints over 0.0
  - at 2026-03-02 03:00 UTC: i-0abc fails its instance status check

What was tried:
  - reboot-instance was done and did not help: i-0abc fails its instance status check

What was not done:
  - replace-instance refused: i-0abc is a member of web, whose Launch process is suspended

Look here:
  - EC2 instance i-0abc
    https://eu-central-1.console.aws.amazon.com/ec2/home?region=eu-central-1#InstanceDetails:instanceId=i-0abc
  - alarm web-1 status
    https://eu-central-1.console.aws.amazon.com/cloudwatch/home?region=eu-central-1#alarmsV2:alarm/web-1%20status

Incident: inc-1  Rule: web-tier  Mode: act
`);
  });

  it('asks for approval with all that one must know to say yes or no', async () => {
    const { told } = await lived({ mode: 'approve' });
    const { message } = told[0]!;
    const link = { label: 'See the plan, approve or deny it', url: 'https://page.example/answer/T0-k_en' };
    const answer = { ...message.answer!, link };
    expect(emailOf({ ...message, answer })).toBe(`Asks for your approval: EC2 instance i-0abc (ec2-instance-impaired)

Homeostat wants to reboot i-0abc (reboot-instance), and may not without a person's yes.
Without an answer by 2026-03-02 03:20 UTC (in 30m) nothing is done, and oncall is called to take over.

To answer:
  - See the plan, approve or deny it
    https://page.example/answer/T0-k_en
  - homeostat approve inc-1
  - homeostat deny inc-1

Next step:  Read what would be done, then approve or deny the plan of incident inc-1.
Risk:       low
Answer by:  2026-03-02 03:20 UTC (in 30m)
Sick:       EC2 instance i-0abc in eu-central-1, account 111122223333
Since:      2026-03-02 02:50 UTC (0s before this message)

What would be touched:
  - EC2 instance i-0abc (eu-central-1, 111122223333)

What was seen:
  - web-1 status is ALARM: 2 datapoints over 0.0
  - at 2026-03-02 02:50 UTC: i-0abc fails its instance status check

Alternatives:
  - next, if this does not help: replace-instance (risk: low)
  - if you deny, or nobody answers: nothing is done, and oncall is called to take over

Look here:
  - EC2 instance i-0abc
    https://eu-central-1.console.aws.amazon.com/ec2/home?region=eu-central-1#InstanceDetails:instanceId=i-0abc
  - alarm web-1 status
    https://eu-central-1.console.aws.amazon.com/cloudwatch/home?region=eu-central-1#alarmsV2:alarm/web-1%20status

Incident: inc-1  Rule: web-tier  Mode: approve  Plan: ${message.facts['Plan'] ?? 'none'}
`);
  });

  it('never has a link to answer by in its subject', () => {
    const link = { label: 'Answer', url: 'https://page.example/answer/T0-k_en' };
    const message = askingMessage('web', link);
    expect(emailOf(message)).toContain('https://page.example/answer/T0-k_en');
    expect(subjectOf(message)).not.toContain('page.example');
  });

  const kinds = { escalated: messageAbout, held: heldMessage, approval: askingMessage, digest: digestAbout };

  it.each(Object.entries(kinds).flatMap(([kind, about]) => hostileNames.map((name) => [kind, name, about] as const)))(
    '(%s) about something named %j stays the lines and characters that it is',
    (_kind, name, about) => {
      const message = about(name);
      const subject = subjectOf(message);
      expect(subject).toMatch(/^[\x20-\x7e]{1,100}$/);
      expect(subject).toMatch(/^\[Homeostat\] [A-Z0-9]/);
      const text = emailOf(message);
      expect(text.replaceAll('\n', '')).toMatch(/^[^\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]+$/u);
      expect(text.split('\n')).toHaveLength(emailOf(about('web')).split('\n').length);
    },
  );

  it('cuts a long subject and says so', () => {
    expect(subjectOf(messageAbout('x'.repeat(255)))).toMatch(/x\.\.\.$/);
    expect(subjectOf(messageAbout('x'.repeat(255)))).toHaveLength(100);
  });

  it('of an endless history is cut with a note, far below what SNS takes', () => {
    const text = emailOf(endlessMessage());
    expect(Buffer.byteLength(text)).toBeLessThan(longestAtSns / 10);
    expect(text).toContain('4988 more before these: see the history of the incident');
    expect(text).toContain('remediation-4999 refused');
  });
});
