import { texts, type Arns } from './resource';

/** A shift has no ARN of its own: AWS asks about the load balancer whose traffic it moves. */
const balancers: Arns = ({ resourceIdentifier }, { touches }) =>
  resourceIdentifier === undefined ? touches.map(({ id }) => id) : texts(resourceIdentifier);

/** What AWS asks IAM about for each of its operations. */
export const resources: Readonly<Record<string, Arns>> = {
  'arc-zonal-shift:CancelZonalShift': balancers,
  'arc-zonal-shift:GetManagedResource': balancers,
  'arc-zonal-shift:StartZonalShift': balancers,
};
