import { openAccess } from '../../runtime/aws/access';
import { readSymptom } from '../../runtime/symptom';
import { readsOfAlarm } from '../../vitals/alarm';
import type { Health } from '../../vitals/vitals';
import { anIncident } from '../statemachines/incident';
import { fakeClients, someVitals } from './world';

const alarmArn = 'arn:aws:cloudwatch:eu-central-1:111122223333:alarm:web-1 status';

/** `none`: no alarm told of it; `missing`: it was deleted since. */
type Alarm = 'none' | 'OK' | 'ALARM' | 'INSUFFICIENT_DATA' | 'missing' | 'denied';

async function look(alarm: Alarm, kind: Health['kind'] | 'none') {
  const clients = fakeClients(() => {
    if (alarm === 'denied') throw new Error('not authorized');
    return {
      MetricAlarms: alarm === 'missing' ? [] : [{ AlarmArn: alarmArn, StateValue: alarm, StateReason: 'because' }],
    };
  });
  const allowed = { by: 'a test', reads: new Set<string>(readsOfAlarm), writes: new Set<string>() };
  const { aws } = openAccess(clients, { now: () => 0 }, anIncident().resource, allowed);
  const { resource, condition } = anIncident();
  return readSymptom(
    { resource, condition, evidence: alarm === 'none' ? {} : { alarmArn } },
    kind === 'none'
      ? undefined
      : someVitals(
          'ec2-instance',
          () => ({ kind, detail: `i-0abc is ${kind}` }),
          () => ({}),
        ),
    aws,
  );
}

describe('the symptom', () => {
  it.each<[Alarm, Record<Health['kind'] | 'none', 'present' | 'gone' | 'unreadable'>]>([
    ['ALARM', { healthy: 'present', unhealthy: 'present', gone: 'present', unknown: 'present', none: 'present' }],
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
    const judged: Record<string, string> = {};
    for (const kind of ['healthy', 'unhealthy', 'gone', 'unknown', 'none'] as const)
      judged[kind] = (await look(alarm, kind)).type.replace('symptom.', '');
    expect(judged).toEqual(verdicts);
  });

  it('tells both what the alarm says and what was seen', async () => {
    expect((await look('OK', 'unhealthy')).detail).toMatch(/alarm web-1 status is OK.*; i-0abc is unhealthy$/);
    expect((await look('none', 'none')).detail).toBe('nothing can be read of ec2-instance i-0abc');
    expect((await look('missing', 'healthy')).detail).toMatch(/alarm web-1 status does not exist; i-0abc is healthy$/);
  });
});
