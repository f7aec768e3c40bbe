import { AutoScaling } from '@aws-sdk/client-auto-scaling';
import { CloudWatch } from '@aws-sdk/client-cloudwatch';
import { EC2 } from '@aws-sdk/client-ec2';
import { ElasticLoadBalancingV2 } from '@aws-sdk/client-elastic-load-balancing-v2';
import { VirtualClock } from '../../simulator/clock';
import { connect } from '../../simulator/connect';
import type { BusEvent } from '../../simulator/event-bus';
import { World, type SimulatedAccount } from '../../simulator/world';

export const start = Date.parse('2026-03-02T10:00:00Z');
export const second = 1_000;
export const minute = 60 * second;

/** A simulated account, real SDK clients that it answers, and the events it sent. */
export interface Room {
  readonly clock: VirtualClock;
  readonly account: SimulatedAccount;
  readonly ec2: EC2;
  readonly autoscaling: AutoScaling;
  readonly elb: ElasticLoadBalancingV2;
  readonly cloudwatch: CloudWatch;
  readonly events: BusEvent[];
  /** Runs the clock until nothing is left to happen. */
  settle(): Promise<void>;
  /** `detail-type` and the gist of every event so far, in order. */
  heard(): string[];
}

export function room(region = 'us-east-1'): Room {
  const clock = new VirtualClock(start);
  const world = new World(clock);
  const account = world.account('123456789012', region);
  const events: BusEvent[] = [];
  world.subscribe((event) => {
    events.push(event);
  });
  const ec2 = new EC2({ region });
  const autoscaling = new AutoScaling({ region });
  const elb = new ElasticLoadBalancingV2({ region });
  const cloudwatch = new CloudWatch({ region });
  connect(ec2, 'ec2', account);
  connect(autoscaling, 'autoscaling', account);
  connect(elb, 'elasticloadbalancing', account);
  connect(cloudwatch, 'cloudwatch', account);
  const settle = async (): Promise<void> => {
    let steps = 0;
    while (await clock.step()) if ((steps += 1) > 100_000) throw new Error('The account never comes to rest');
  };
  return { clock, account, ec2, autoscaling, elb, cloudwatch, events, settle, heard: () => events.map(gist) };
}

function gist(event: BusEvent): string {
  const detail = event.detail as Record<string, string | undefined> & { state?: string | { value: string } };
  const state = typeof detail.state === 'object' ? detail.state.value : detail.state;
  const what = detail.alarmName ?? detail['instance-id'] ?? detail.EC2InstanceId ?? '';
  return [event['detail-type'], what, state].filter(Boolean).join(' ');
}
