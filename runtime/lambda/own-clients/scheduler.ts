import { CreateScheduleCommand, SchedulerClient } from '@aws-sdk/client-scheduler';
import type { CreateSchedule } from '../../scheduler-timers';
import type { ClientSettings } from '../../aws/sdk-clients';

export function scheduleCreator(settings: ClientSettings): CreateSchedule {
  const client = new SchedulerClient({ ...settings, cacheMiddleware: true });
  return (schedule) => client.send(new CreateScheduleCommand(schedule));
}
