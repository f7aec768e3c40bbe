import type { Disagreement } from './disagreement';
import { aboutAutoScaling } from './disagreements/autoscaling';
import { aboutBackup } from './disagreements/backup';
import { aboutAlarmsAndMessages } from './disagreements/cloudwatch';
import { aboutDynamodb } from './disagreements/dynamodb';
import { aboutEc2 } from './disagreements/ec2';
import { aboutEcs } from './disagreements/ecs';
import { aboutElasticache } from './disagreements/elasticache';
import { aboutFileSystems } from './disagreements/elasticfilesystem';
import { aboutEmr } from './disagreements/elasticmapreduce';
import { aboutLoadBalancing } from './disagreements/elasticloadbalancing';
import { aboutLambda } from './disagreements/lambda';
import { aboutRds } from './disagreements/rds';
import { aboutRdsCreation } from './disagreements/rds-creation';
import { aboutRoute53 } from './disagreements/route53';
import { aboutS3 } from './disagreements/s3';
import { aboutSnapshots } from './disagreements/snapshots';
import { aboutAutomation } from './disagreements/ssm';
import { aboutVolumesAndCommands } from './disagreements/volumes-and-commands';
import { aboutWatchers } from './disagreements/watchers';
import { aboutZones } from './disagreements/zones';

/**
 * What is known. The simulated account sides with AWS in each: by the API reference, or by what AWS is seen to do. A row that no
 * longer holds fails `npm run test:emulators`.
 */
export const disagreements: readonly Disagreement[] = [
  ...aboutEc2,
  ...aboutVolumesAndCommands,
  ...aboutSnapshots,
  ...aboutAutoScaling,
  ...aboutLoadBalancing,
  ...aboutZones,
  ...aboutRds,
  ...aboutRdsCreation,
  ...aboutDynamodb,
  ...aboutEcs,
  ...aboutElasticache,
  ...aboutFileSystems,
  ...aboutEmr,
  ...aboutLambda,
  ...aboutAutomation,
  ...aboutAlarmsAndMessages,
  ...aboutBackup,
  ...aboutWatchers,
  ...aboutS3,
  ...aboutRoute53,
];
