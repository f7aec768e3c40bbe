import { numbered } from '../incident-text';
import { ok, warning, type Check } from './check';

const hour = 3_600_000;

/** Whether the sweeper runs, by its metrics. */
export const sweeperRunsCheck: Check = {
  name: "sweeper's runs",
  look: async ({ deployment, now }) => {
    const cloudwatch = await deployment.client('cloudwatch');
    const sweeper = `${deployment.name}-sweeper`;
    const inLastHour = async (metric: string): Promise<number> => {
      const { Datapoints = [] } = await cloudwatch.getMetricStatistics({
        Namespace: 'AWS/Lambda',
        MetricName: metric,
        Dimensions: [{ Name: 'FunctionName', Value: sweeper }],
        StartTime: new Date(now() - hour),
        EndTime: new Date(now()),
        Period: 3_600,
        Statistics: ['Sum'],
      });
      return Datapoints.reduce((sum, { Sum = 0 }) => sum + Sum, 0);
    };
    const [runs, errors] = await Promise.all([inLastHour('Invocations'), inLastHour('Errors')]);
    const look = `look at the logs: aws logs tail /aws/lambda/${sweeper}`;
    if (runs === 0) return warning(`${sweeper} has not run in the last hour: lost timers are not found`, look);
    if (errors > 0) return warning(`${sweeper} failed in ${errors} of ${numbered(runs, 'run')} in the last hour`, look);
    return ok(`${sweeper}, ${numbered(runs, 'run')} in the last hour`);
  },
};
