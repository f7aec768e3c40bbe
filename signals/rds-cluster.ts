import { rdsConditions } from './rds/events';
import { rdsDetail, readRdsEvent } from './rds/reading';
import { defineSource } from './source';

const name = 'rds-cluster';

/** RDS tells about an Aurora or Multi-AZ cluster. */
export const rdsCluster = defineSource({
  name,
  pattern: { source: ['aws.rds'], 'detail-type': ['RDS DB Cluster Event'] },
  tells: rdsConditions('cluster'),
  tellsProgress: true,
  detail: rdsDetail,
  read: (detail, event) => readRdsEvent({ source: name, of: 'cluster' }, detail, event),
});
