import { listed, type Disagreement } from '../disagreement';

/** Zonal shifts. */
export const aboutZones: readonly Disagreement[] = [
  ...listed(['moto', 'ministack'], 'it has no zonal shifts', [
    ['arc-zonal-shift:ListAutoshifts', 'where AWS shifts nothing the list is empty'],
    ['arc-zonal-shift:ListAutoshifts', 'a status that there is not is refused'],
    ['arc-zonal-shift:GetManagedResource', 'every zone of a load balancer gets traffic while nothing is shifted'],
    ['arc-zonal-shift:GetManagedResource', 'a load balancer that is not managed is an error'],
    ['arc-zonal-shift:StartZonalShift', 'the zone gets no traffic, and the shift is told with its comment'],
    ['arc-zonal-shift:StartZonalShift', 'a second shift of the same load balancer is refused'],
    [
      'arc-zonal-shift:StartZonalShift',
      'more than three days, and a zone that the load balancer is not in, are refused',
    ],
    ['arc-zonal-shift:CancelZonalShift', 'the zone gets traffic again, and there is nothing to cancel any more'],
    ['arc-zonal-shift:CancelZonalShift', 'a shift that there is not is an error'],
  ]),
];
