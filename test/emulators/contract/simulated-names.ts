import type { SimulatedServices } from '../../../simulator/world';
import type { Builders } from './place';

/** Adds buckets to a simulated account, and an access point in front of them. */
export function simulatedBuckets({ s3 }: SimulatedServices): Pick<Builders, 'bucket' | 'accessPoint'> {
  return {
    bucket: async (described) => {
      s3.add(described);
    },
    accessPoint: async (buckets) => {
      const alias = 'contract0shop.mrap';
      const regions = ['eu-west-1', 'us-east-1'];
      const routes = buckets.map((bucket, place) => ({ bucket, region: regions[place] ?? '', active: true }));
      s3.accessPoints.add({ alias, routes });
      return alias;
    },
  };
}

/** Adds names to a simulated account, and routing controls. */
export function simulatedNames(
  services: SimulatedServices,
): Pick<Builders, 'weightedName' | 'healthCheck' | 'routingControls'> {
  return {
    weightedName: async (name, weights) => {
      const id = 'Z0123456789ABCDEFGHIJ';
      const records = Object.entries(weights).map(([set, weight]) => ({ name, set, weight, values: ['203.0.113.10'] }));
      services.route53.addZone({ id, name: 'shop.example', records });
      return id;
    },
    healthCheck: async (described) => {
      const id = '0f8b1c62-0000-4000-8000-000000000001';
      services.route53.addCheck({ id, ...described });
      return id;
    },
    routingControls: async (states) => {
      const panel = 'arn:aws:route53-recovery-control::111122223333:controlpanel/0123456789abcdef/routingcontrol';
      const controls = states.map((state, place) => ({ arn: `${panel}/00000000000000a${place}`, state }));
      const rules = [{ of: controls.map(({ arn }) => arn), atLeast: 1 }];
      services['route53-recovery-cluster'].add({ controls, rules });
      return controls.map(({ arn }) => arn);
    },
  };
}
