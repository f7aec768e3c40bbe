import { defineGuard } from './guard';
import { resourceName } from './resource-name';

/** While AWS has shifted traffic away from a zone, nothing in it is touched: AWS knows more of it than its alarms tell. */
export const autoshiftGuard = defineGuard({
  name: 'autoshift',
  when: 'in a zone that AWS has shifted traffic away from',
  needs: ['shiftedZones', 'bystanders'],
  objections: (_asking, { shiftedZones, bystanders }) =>
    bystanders
      .filter(({ touched, zone }) => touched && zone !== undefined && shiftedZones.includes(zone))
      .map(
        ({ resource, zone = '' }) => `${resourceName(resource)} is in ${zone}, which AWS has shifted traffic away from`,
      ),
});
