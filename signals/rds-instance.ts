import { rdsConditions } from './rds/events';
import { rdsDetail, readRdsEvent } from './rds/reading';
import { defineSource } from './source';

const name = 'rds-instance';

/** RDS tells about a database instance. */
export const rdsInstance = defineSource({
  name,
  pattern: { source: ['aws.rds'], 'detail-type': ['RDS DB Instance Event'] },
  tells: rdsConditions('instance'),
  tellsProgress: true,
  detail: rdsDetail,
  read: (detail, event) => readRdsEvent({ source: name, of: 'instance' }, detail, event),
});
