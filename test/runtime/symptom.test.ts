import { openAccess } from '../../runtime/aws/access';
import { readSymptom } from '../../runtime/symptom';
import { readsOfAlarm } from '../../vitals/cloudwatch/alarm';
import type { Health } from '../../vitals/vitals';
import { anIncident } from '../statemachines/incident';
import { fakeClients, someVitals } from './world';

const alarmArn = 'arn:aws:cloudwatch:eu-central-1:111122223333:alarm:web-1 status';
const now = Date.parse('2026-11-21T02:00:00Z');

/** `none`: no alarm told of it; `missing`: it was deleted since. An alarm in ALARM is told with what its metric says. */
type Alarm =
  | 'none'
  | 'OK'
  | 'ALARM, breaching'
  | 'ALARM, not breaching'
  | 'ALARM, unproven'
  | 'ALARM, told by an agent'
  | 'INSUFFICIENT_DATA'
  | 'missing'
  | 'denied';
type Look = Health['kind'] | 'none';

function answerOf(alarm: Alarm, operation: string): object {
  if (alarm === 'denied') throw new Error('not authorized');
  if (operation === 'getMetricData') {
    const Values = [alarm === 'ALARM, not breaching' ? 0 : 1];
    return {
      MetricDataResults: [{ Id: 'watched', StatusCode: 'Complete', Timestamps: [new Date(now - 600_000)], Values }],
    };
  }
  const described = {
    AlarmArn: alarmArn,
    StateValue: alarm.replace(/,.*/, ''),
    Namespace: alarm === 'ALARM, unproven' ? 'Shop' : alarm === 'ALARM, told by an agent' ? 'CWAgent' : 'AWS/EC2',
    MetricName: 'StatusCheckFailed',
    Period: 60,
    Statistic: 'Maximum',
    EvaluationPeriods: 1,
    Threshold: 0,
    ComparisonOperator: 'GreaterThanThreshold',
  };
  return { MetricAlarms: alarm === 'missing' ? [] : [described] };
}

async function look(alarm: Alarm, kind: Look, sees: boolean, witnessed = 'nothing') {
  const clients = fakeClients((operation) => answerOf(alarm, operation));
  const allowed = { by: 'a test', reads: new Set<string>(readsOfAlarm), writes: new Set<string>() };
  const { aws } = openAccess(clients, { now: () => now }, anIncident().resource, allowed);
  const { resource, condition } = anIncident();
  const vitals = someVitals(
    'ec2-instance',
    () => ({ kind: kind === 'none' ? 'unknown' : kind, detail: `i-0abc is ${kind}` }),
    () => ({}),
  );
  return readSymptom(
    { resource, condition, evidence: alarm === 'none' ? {} : { alarmArn } },
    kind === 'none'
      ? undefined
      : {
          ...vitals,
          sees: sees ? [condition] : ['another-condition'],
          witnesses: { [witnessed]: ['CWAgent'] },
        },
    aws,
  );
}

type Verdict = 'present' | 'gone' | 'unreadable';
const looks = ['healthy', 'unhealthy', 'gone', 'unknown', 'none'] as const;

async function judged(alarm: Alarm, sees: boolean): Promise<Record<string, string>> {
  const seen = looks.map(async (kind) => [kind, (await look(alarm, kind, sees)).type.replace('symptom.', '')] as const);
  return Object.fromEntries(await Promise.all(seen));
}

describe('the symptom', () => {
  describe.each([true, false])('where a live read shows the sickness by itself: %s,', (sees) => {
    it.each<[Alarm, Record<Look, Verdict>]>([
      ['OK', { healthy: 'gone', unhealthy: 'present', gone: 'gone', unknown: 'unreadable', none: 'gone' }],
      [
        'INSUFFICIENT_DATA',
        { healthy: 'unreadable', unhealthy: 'present', gone: 'gone', unknown: 'unreadable', none: 'unreadable' },
      ],
      [
        'missing',
        { healthy: 'unreadable', unhealthy: 'present', gone: 'unreadable', unknown: 'unreadable', none: 'unreadable' },
      ],
      [
        'denied',
        { healthy: 'unreadable', unhealthy: 'present', gone: 'unreadable', unknown: 'unreadable', none: 'unreadable' },
      ],
      ['none', { healthy: 'gone', unhealthy: 'present', gone: 'gone', unknown: 'unreadable', none: 'unreadable' }],
    ])('with its alarm %s is judged by the live read too', async (alarm, verdicts) => {
      expect(await judged(alarm, sees)).toEqual(verdicts);
    });
  });

  it.each<[Alarm, 'present' | 'unreadable']>([
    ['ALARM, breaching', 'present'],
    ['ALARM, not breaching', 'unreadable'],
    ['ALARM, unproven', 'unreadable'],
  ])('that a live read shows is present with %s only when it does show', async (alarm, withoutVitals) => {
    expect(await judged(alarm, true)).toEqual({
      healthy: 'unreadable',
      unhealthy: 'present',
      gone: 'unreadable',
      unknown: 'unreadable',
      none: withoutVitals,
    });
  });

  it.each<[Alarm, 'present' | 'unreadable']>([
    ['ALARM, breaching', 'present'],
    ['ALARM, not breaching', 'unreadable'],
    ['ALARM, unproven', 'unreadable'],
  ])('that no live read shows is, with %s, what the metric says', async (alarm, verdict) => {
    const { gone, ...others } = await judged(alarm, false);
    expect(others).toEqual({ healthy: verdict, unhealthy: verdict, unknown: verdict, none: verdict });
    expect(gone).toBe('unreadable');
  });

  it('that a witness alone sees is what its metric says, and only of that sickness', async () => {
    const witnessed = async (sickness: string) =>
      (await look('ALARM, told by an agent', 'healthy', false, sickness)).type;
    expect(await witnessed(anIncident().condition)).toBe('symptom.present');
    expect(await witnessed('another-condition')).toBe('symptom.unreadable');
  });

  it('tells both what the alarm says and what was seen', async () => {
    expect((await look('OK', 'unhealthy', true)).detail).toMatch(/alarm web-1 status is OK.*; i-0abc is unhealthy$/);
    expect((await look('none', 'none', true)).detail).toBe('nothing can be read of ec2-instance i-0abc');
    expect((await look('missing', 'healthy', true)).detail).toMatch(
      /alarm web-1 status does not exist; i-0abc is healthy$/,
    );
    expect((await look('ALARM, breaching', 'healthy', false)).detail).toBe(
      'alarm web-1 status is ALARM; i-0abc is healthy',
    );
  });

  it.each<[Alarm, Look, boolean, string]>([
    [
      'ALARM, breaching',
      'healthy',
      true,
      'a live read finds nothing wrong: it may lag behind, or have been set by hand',
    ],
    ['ALARM, breaching', 'unknown', true, 'no live read says the same'],
    ['ALARM, breaching', 'gone', false, 'what it is about is gone: it may lag behind, or have been set by hand'],
    [
      'ALARM, not breaching',
      'healthy',
      false,
      'its metric does not breach: it may lag behind, or have been set by hand',
    ],
    ['ALARM, unproven', 'healthy', false, 'nothing proves it: metrics of Shop can be written by anybody with leave to'],
  ])('says why %s is not believed with a live read of %s', async (alarm, kind, sees, why) => {
    expect((await look(alarm, kind, sees)).detail).toBe(`alarm web-1 status is ALARM, but ${why}; i-0abc is ${kind}`);
  });
});
