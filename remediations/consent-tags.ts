/** A resource that carries it may be touched: whoever owns the resource has opted in. IAM demands it where AWS lets it. */
export const optInTag = { key: 'homeostat:heal', value: 'yes' } as const;

/** A resource that carries it, with any value, is never touched, whatever else it carries. */
export const protectTag = 'homeostat:protect';
