import { granted, Lived, planned, refusedBy, sick, well } from './lived';

const observed = { mode: 'observe' } as const;
const asking = (approval: 'required' | 'twoPeople') =>
  ({ ladder: [{ remediation: 'reboot-instance', approval, parameters: {} }] }) as const;
const yes = (by: string) => ({ type: 'approval.granted', by, planHash: 'hash-1' }) as const;
const watches = 'touches nothing, and watches for up to 1d what happens without it';

describe('the story of an incident in mode observe', () => {
  it('says what would have been started, and that nobody did it', () => {
    const lived = new Lived(observed).happens(...planned(granted)).after(9);
    expect(lived.happens(well, { type: 'check.notStarted', detail: 'it was not stopped' }).told).toEqual([
      'opened: i-0abc is ec2-instance-impaired (web-1-status is ALARM); rule web-tier, mode observe',
      'still sick: i-0abc fails its check',
      'would reboot i-0abc (reboot-instance)',
      'no guard stands in the way: it would start now',
      watches,
      'healthy: i-0abc passes its check',
      'looked whether anybody did the same as reboot-instance: it was not stopped',
      'observed: recovered by itself after 9m; nobody did what it would have done',
    ]);
  });

  it.each([
    [{ type: 'check.done', detail: 'it was' }, '9m; people or AWS did what it would have done'],
    [{ type: 'check.pending', detail: 'EC2 shows no reboot' }, '9m; whether somebody did the same cannot be told'],
  ] as const)('says after %j what is known of others', (answer, verdict) => {
    const lived = new Lived(observed).happens(...planned(granted)).after(9);
    expect(lived.happens(well, answer).told.at(-1)).toBe(`observed: well again after ${verdict}`);
  });

  it('says that it is still sick when the watch is over', () => {
    const lived = new Lived(observed).happens(...planned(granted)).after(24 * 60);
    expect(lived.wakes().told.at(-1)).toBe('observed: still sick after 1d');
  });

  it('says that people would have been asked first', () => {
    const lived = new Lived({ ...observed, ...asking('required') }).happens(...planned(granted));
    expect(lived.told).toContain('no guard stands in the way: it would ask oncall for approval now');
  });

  it('says which guard would have held it', () => {
    const lived = new Lived(observed).happens(...planned(refusedBy('storm', '5 resources fell sick within 10m')));
    expect(lived.told.slice(-2)).toEqual([
      'would not have started now: storm: 5 resources fell sick within 10m',
      watches,
    ]);
  });

  it('says that it would have waited for whoever is at work there', () => {
    const busy = { type: 'plan.busy', remediation: 'reboot-instance', reason: 'web is being refreshed' } as const;
    const lived = new Lived(observed).happens(sick, busy).after(5).happens(well);
    expect(lived.told.slice(2)).toEqual([
      'reboot-instance would have to wait: web is being refreshed',
      watches,
      'healthy: i-0abc passes its check',
      'observed: well again after 5m, without a plan of its own',
    ]);
  });

  it('says whom it would have called where nothing may be tried', () => {
    const lived = new Lived({ ...observed, ladder: [] }).happens(sick);
    expect(lived.told.at(-1)).toBe(`would have called oncall: the rule has no remediation for it; ${watches}`);
  });
});

describe('the story of an incident that is held', () => {
  it('names each guard that stands in the way, and says that people were told of a storm', () => {
    const lived = new Lived().happens(sick, ...planned(granted).slice(1, 2), {
      type: 'admission.refused',
      refusals: [
        { guard: 'storm', reason: '5 resources fell sick' },
        { guard: 'lock', reason: 'web is being touched by incident inc-2' },
      ],
    });
    lived.happens({ type: 'notification.sent', contact: 'oncall', folded: true });
    expect(lived.told.slice(3)).toEqual([
      'may not start now: storm: 5 resources fell sick; lock: web is being touched by incident inc-2',
      'waits until it may, for 30m in all',
      'told oncall that a storm holds it, in one message with others',
    ]);
  });

  it('says the same only once, however often it asks', () => {
    const held = planned(refusedBy('lock', 'web is being touched'));
    const lived = new Lived().happens(...held);
    const once = lived.told;
    expect(lived.wakes().happens(...held).told).toEqual(once);
  });

  it('says that it waits for whoever is at work there', () => {
    const busy = { type: 'plan.busy', remediation: 'reboot-instance', reason: 'web is being refreshed' } as const;
    expect(new Lived().happens(sick, busy).told.slice(2)).toEqual([
      'reboot-instance has to wait: web is being refreshed',
      'waits until it may, for 30m in all',
    ]);
  });
});

describe('the story of a request for approval', () => {
  it('says who agreed first, and that somebody else has to', () => {
    const lived = new Lived(asking('twoPeople')).happens(...planned(granted), yes('alice@example.com'));
    lived.happens(yes('bob@example.com'), ...planned(granted), { type: 'start.succeeded' });
    expect(lived.told.slice(3)).toEqual([
      'asks oncall to approve within 30m; two people have to agree',
      'approved by alice@example.com, the first of two: somebody else has to agree, too',
      'approved by bob@example.com',
      'looks again before it acts: is it still sick, is the plan the same, may it?',
      'still sick: i-0abc fails its check',
      'plan: reboot i-0abc (reboot-instance)',
      'started reboot-instance',
    ]);
  });

  it('asks two people for what destroys something, and says what is lost', () => {
    const destroying = planned(granted, { destroys: ['the instance store of i-0abc'] });
    expect(new Lived(asking('required')).happens(...destroying).told.slice(2)).toEqual([
      'plan: reboot i-0abc (reboot-instance); lost for good: the instance store of i-0abc',
      'asks oncall to approve within 30m; two people have to agree',
    ]);
  });

  it('says that a second person was missing when the time is up', () => {
    const lived = new Lived(asking('twoPeople')).happens(...planned(granted), yes('alice@example.com'));
    expect(lived.after(30).wakes().told.at(-1)).toBe(
      'gives up: nobody approved: time is up (alice@example.com did, and a second person was missing)',
    );
  });

  it('says of one that goes out with others that it does', () => {
    const lived = new Lived(asking('required')).happens(...planned(granted));
    lived.happens({ type: 'notification.sent', contact: 'oncall', folded: true });
    expect(lived.told.slice(-2)).toEqual([
      'asks oncall to approve within 30m',
      'asked oncall, in one message with others',
    ]);
  });
});

describe('the story of an incident', () => {
  const before = { of: 'inc-0', after: 'resolved 12m ago', rung: 1, spent: 1, lastStartAt: 0 };

  it.each([
    [{}, 'came back 12m after inc-0 was resolved: 1 of 2 attempts is spent, and it goes on with replace-instance'],
    [
      { after: 'was left to people 1h5m ago', spent: 2 },
      'came back 1h5m after inc-0 was left to people: 2 of 2 attempts are spent, and nothing that may be tried is left',
    ],
    [
      { after: 'recovered just now' },
      'came back after inc-0, which recovered just now: 1 of 2 attempts is spent, and it goes on with replace-instance',
    ],
  ])('that comes back %j says after what, and what is left', (changes, line) => {
    const lived = new Lived({}, { recurrence: { ...before, ...changes } });
    expect(lived.told[1]).toBe(line);
  });

  it('says what else fell sick that may have come of it', () => {
    const lived = new Lived().happens(...planned(granted), { type: 'start.succeeded' }).happens({
      type: 'signal.echoed',
      detail: 'web-unhealthy is ALARM: Threshold Crossed: 1 out of the last 1 datapoints',
      resource: {
        kind: 'target-group',
        id: 'arn:aws:elasticloadbalancing:eu-central-1:111122223333:targetgroup/web/6d0e',
        account: '111122223333',
        region: 'eu-central-1',
      },
      condition: 'target-unhealthy',
    });
    expect(lived.told.at(-1)).toMatch(
      /^meanwhile target group web is target-unhealthy \(web-unhealthy is ALARM.*\): it may come of what was started here, so it must be well, too$/,
    );
  });

  it('says of a call whether it went out with others', () => {
    const lived = new Lived({ ladder: [] }).happens(sick);
    lived.happens({ type: 'notification.sent', contact: 'oncall', folded: true });
    expect(lived.told.at(-1)).toBe('called oncall, in one message with others');
  });
});
