import { plainText } from '../../signals/plain-text';
import { optedInByPolicy } from '../opted-in-by-policy';
import { defineVitals } from '../vitals';
import { activeRegions, isAccessPointAlias, readRoutes } from './access-point-routes';

/** Multi-Region access points. S3 does not say how well one of its Regions serves: that is for the alarm to tell. */
export const multiRegionAccessPointVitals = defineVitals({
  kind: 'multi-region-access-point',
  reads: ['s3:GetMultiRegionAccessPointRoutes'],
  sees: [],
  async health({ id, account }, _condition, aws) {
    if (!isAccessPointAlias(id)) return { kind: 'unknown', detail: `${plainText(id)} is no alias of an access point` };
    const found = await readRoutes(id, account, aws);
    return found
      ? { kind: 'healthy', detail: `${id} sends requests to ${activeRegions(found.routes).join(' and ')}` }
      : { kind: 'gone', detail: `the multi-Region access point ${id} no longer exists` };
  },
  // S3 takes no tags of one.
  tags: () => Promise.resolve(optedInByPolicy),
  place: () => Promise.resolve({ groups: [] }),
});
