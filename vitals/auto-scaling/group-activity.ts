import type { Activity as Described } from '@aws-sdk/client-auto-scaling';
import { plainText } from '../../signals/plain-text';
import type { EpochMillis } from '../../signals/signal';
import type { Calls } from '../aws';
import { everyItem, pages } from '../pages';

/** Something that an Auto Scaling group did or is doing. */
export interface Activity {
  readonly id: string;
  /** `Successful`, `Failed`, `Cancelled`, `InProgress`, `PreInService`, … */
  readonly status: string;
  readonly what: 'launch' | 'terminate' | 'other';
  readonly startedAt: EpochMillis;
  /** What Auto Scaling says of it, shortened. */
  readonly message: string;
}

/** The action of `readActivities`. */
export const activityReads = ['autoscaling:DescribeScalingActivities'] as const;
/** The action of `readActiveRefresh`. */
export const refreshReads = ['autoscaling:DescribeInstanceRefreshes'] as const;

/**
 * What the group did last, newest first, up to the first that is `enough`, which is left out. A group has a history of six
 * weeks; only what is asked for is read.
 */
export async function readActivities(
  group: string,
  enough: (activity: Activity, before: number) => boolean,
  aws: Calls<(typeof activityReads)[number]>,
): Promise<readonly Activity[]> {
  const activities: Activity[] = [];
  const answers = pages((token) =>
    aws.autoscaling.describeScalingActivities({ AutoScalingGroupName: group, ...token }),
  );
  for await (const page of answers) {
    for (const described of page.Activities ?? []) {
      const activity = fromAutoScaling(group, described);
      if (enough(activity, activities.length)) return activities;
      activities.push(activity);
    }
  }
  return activities;
}

/** Id of the newest activity, by which later ones are told from earlier ones; empty when there is none. */
export async function readLastActivity(group: string, aws: Calls<(typeof activityReads)[number]>): Promise<string> {
  const [last] = await readActivities(group, (_activity, before) => before === 1, aws);
  return last?.id ?? '';
}

function fromAutoScaling(group: string, activity: Described): Activity {
  const { ActivityId, StartTime, StatusCode, Description, StatusMessage, Cause } = activity;
  if (!ActivityId || !StartTime) throw new Error(`Auto Scaling answered an activity of ${group} without id or start`);
  return {
    id: ActivityId,
    status: StatusCode ?? 'unknown',
    what: kindOf(Description ?? ''),
    startedAt: StartTime.getTime(),
    message: plainText(StatusMessage ?? Cause ?? ''),
  };
}

function kindOf(description: string): Activity['what'] {
  if (description.startsWith('Launching')) return 'launch';
  return description.startsWith('Terminating') ? 'terminate' : 'other';
}

/** Launches among the activities that came to nothing. */
export function failedLaunches(activities: readonly Activity[]): readonly Activity[] {
  return activities.filter((activity) => activity.what === 'launch' && activity.status === 'Failed');
}

/** Instance refreshes that are over; any other still moves the group's members. */
const settled: readonly string[] = ['Successful', 'Failed', 'Cancelled', 'RollbackSuccessful', 'RollbackFailed'];

/** Whether an instance refresh of this status moves the group's members no more. */
export function isOver(status: string | undefined): boolean {
  return settled.includes(status ?? '');
}

/** Status of the instance refresh that moves the group's members now, if one does. */
export async function readActiveRefresh(
  group: string,
  aws: Calls<(typeof refreshReads)[number]>,
): Promise<string | undefined> {
  const refreshes = await everyItem(
    (token) => aws.autoscaling.describeInstanceRefreshes({ AutoScalingGroupName: group, ...token }),
    (page) => page.InstanceRefreshes,
  );
  const active = refreshes.find(({ Status }) => !isOver(Status));
  return active && (active.Status ?? 'in an unknown state');
}
