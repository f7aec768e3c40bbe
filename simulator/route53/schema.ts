import { z } from 'zod';

const tags = z.record(z.string(), z.string()).default({});

/** One record set: one of several of its name where it has a set identifier. */
const recordSet = z.strictObject({
  name: z.string(),
  type: z.enum(['A', 'AAAA', 'CNAME']).default('A'),
  /** Set identifier. */
  set: z.string().optional(),
  weight: z.int().min(0).max(255).optional(),
  failover: z.enum(['PRIMARY', 'SECONDARY']).optional(),
  /** Id of the health check that it is answered by. */
  healthCheck: z.string().optional(),
  /** Seconds. */
  ttl: z.int().nonnegative().default(60),
  /** Addresses, or the name that it stands for. */
  values: z.array(z.string()).min(1),
});
export type RecordSet = z.infer<typeof recordSet>;

/** A hosted zone as a description of an account writes it. */
export const hostedZoneSchema = z.strictObject({
  id: z.string().regex(/^Z[0-9A-Z]{1,31}$/, 'a hosted zone is named like Z0123456789ABCDEFGHIJ'),
  name: z.string(),
  records: z.array(recordSet).default([]),
  recovery: z.enum(['DISABLED', 'ENABLING', 'ENABLED', 'ENABLING_HOSTED_ZONE_LOCKED']).default('DISABLED'),
  tags,
});
export type HostedZoneInput = z.input<typeof hostedZoneSchema>;
export type HostedZone = z.infer<typeof hostedZoneSchema>;

/** A health check: it asks a name or an address, or follows a routing control. */
export const healthCheckSchema = z
  .strictObject({
    id: z.string().regex(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/, 'a health check is named by a UUID'),
    /** Name that it asks for the address each time, so that it follows where clients are sent. */
    name: z.string().optional(),
    address: z.string().optional(),
    /** ARN of the routing control that it follows. */
    control: z.string().optional(),
    tags,
  })
  .refine(({ name, address, control }) => [name, address, control].filter((one) => one !== undefined).length === 1, {
    error: 'give a name, an address or a control',
  });
export type HealthCheckInput = z.input<typeof healthCheckSchema>;
export type HealthCheck = z.infer<typeof healthCheckSchema>;

/** How names fare from the start: addresses that do not answer, and whether the control plane of Route 53 does. */
export const dnsSchema = z.strictObject({
  dead: z.array(z.string()).default([]),
  controlPlane: z.enum(['down', 'up']).default('up'),
});

/** What befalls an endpoint, or the control plane of Route 53. */
export const dnsHappeningSchema = z.union([
  z.strictObject({ address: z.string(), is: z.enum(['dead', 'back']) }),
  z.strictObject({ controlPlane: z.enum(['down', 'back']) }),
]);
export type DnsHappening = z.infer<typeof dnsHappeningSchema>;
