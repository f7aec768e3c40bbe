import { join } from 'node:path';
import { guards } from '../../statemachines/guards';
import { aFile, homeostat, impaired, root } from './command';

const notice = join(root, 'test/events/health/retirement-scheduled.json');

describe('homeostat explain', () => {
  it('names the rule, the ladder, the guards and what observe would have recorded of a retirement notice', async () => {
    const { status, out } = await homeostat('explain', notice);
    expect(status).toBe(0);
    expect(out).toContain('→ instance-retiring: it is on ec2-instance-retiring');
    expect(out).toMatch(/1\. replace-instance: .*asks a person first/);
    expect(out).toContain('belongs to no Auto Scaling group');
    expect(out).toMatch(/2\. stop-start-instance/);
    expect(out).toMatch(/now: would stop i-\w+ and start it on another host/);
    expect(out).toMatch(/^Guards, asked for stop-start-instance: nothing starts …$/m);
    expect(out).toContain('Limits of the rule\n  at most 1 at once');
    expect(out).toContain('Then calls oncall');
    expect(out).toContain('In mode observe this would have been recorded, and nothing touched:');
    expect(out).toContain('touches nothing, and watches for up to 1d what happens without it');
  });

  it('gives the same as data with --json', async () => {
    const { out } = await homeostat('explain', notice, '--json');
    const explanation = JSON.parse(out) as { signals: { ladder: { remediation: string; answer: string }[] }[] };
    expect(explanation.signals[0]!.ladder.map(({ remediation, answer }) => [remediation, answer])).toEqual([
      ['replace-instance', 'refused'],
      ['stop-start-instance', 'planned'],
    ]);
  });

  it('names every guard with when it refuses and what it would decide, and what it cannot tell from here', async () => {
    const { out } = await homeostat('explain', notice);
    expect(out).toMatch(/^ {2}consent {6}clear {6} on what its owner has not opted in, or protects$/m);
    expect(out).toMatch(/^ {2}evidence {5}clear {6} unless a live read has just found it sick/m);
    expect(out).toMatch(
      /^ {2}hold {9}not known {3}while a hold .* is on\n {27}→ it hangs on the holds of the deployment: homeostat hold status$/m,
    );
    const shown = /^Guards[^\n]*\n([^]*?)^Limits/m.exec(out)?.[1] ?? '';
    const named = [...shown.matchAll(/^ {2}(\S+)/gm)].map(([, name]) => name);
    expect(named).toEqual(guards.map(({ name }) => name));
  });

  it('says which guard would refuse, and why', async () => {
    const account = aFile(
      'account.yaml',
      `region: eu-central-1
account: '111122223333'
instances:
  - { id: i-0abc1234567890def, sick: { kind: instance } }
`,
    );
    const { out } = await homeostat('explain', aFile('event.json', JSON.stringify(impaired())), '--account', account);
    expect(out).toMatch(/^ {2}consent {6}REFUSES .*\n +→ i-0abc1234567890def has not been opted in/m);
  });

  it('says why an event concerns nobody', async () => {
    const { status, out } = await homeostat(
      'explain',
      aFile('event.json', JSON.stringify({ ...impaired(), source: 'aws.s3', 'detail-type': 'Object Created' })),
    );
    expect(status).toBe(0);
    expect(out).toMatch(/^The event is ignored: .*S3|s3/);
  });

  it('says why no rule takes a signal', async () => {
    const policy = aFile(
      'policy.yaml',
      `mode: observe
rules:
  - { name: web, on: [ec2-instance-impaired], where: { tags: { service: web } }, try: [], escalate: [oncall] }
contacts: { oncall: { topic: 'arn:aws:sns:eu-central-1:111122223333:oncall' } }
`,
    );
    const { out } = await homeostat('explain', aFile('event.json', JSON.stringify(impaired())), '--policy', policy);
    expect(out).toContain('web: its where asks for tags {"service":["web"]}');
    expect(out).toContain('  nothing');
  });

  it.each([
    ['not json at all', 'it is not JSON'],
    ['[]', 'holds no event'],
  ])('ends with status 1 for a file with %s', async (text, sentence) => {
    const { status, err } = await homeostat('explain', aFile('event.json', text));
    expect(status).toBe(1);
    expect(err).toContain(sentence);
    expect(err).not.toMatch(/^\s+at /m);
  });
});

describe('homeostat graph', () => {
  it('draws the incident machine in Mermaid, as text or as JSON', async () => {
    const { out } = await homeostat('graph');
    expect(out).toMatch(/^stateDiagram-v2/);
    expect(out).toContain('checking --> verifying');
    const { mermaid } = JSON.parse((await homeostat('graph', '--json')).out) as { mermaid: string };
    expect(mermaid).toBe(out.trimEnd() + mermaid.slice(out.trimEnd().length));
  });
});
