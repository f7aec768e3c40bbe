import { Refusal } from '../refusal';

/** A subnet as one describes it. */
export interface SubnetDescription {
  readonly id: string;
  readonly zone: string;
  /** IPv4 addresses that are left in it. */
  readonly freeAddresses?: number | undefined;
}

/** A subnet as launches use it up. */
export interface Subnet {
  readonly id: string;
  readonly zone: string;
  freeAddresses: number;
}

/** Zones and subnets of an account: one VPC, and a subnet for each zone that is named and has none. */
export class Network {
  readonly vpc = 'vpc-0a1b2c3d4e5f67890';
  readonly #subnets = new Map<string, Subnet>();
  readonly #zones = new Set<string>();
  readonly #exhausted = new Set<string>();
  readonly #zonePrefix: string;
  #addresses = 0;

  constructor(region: string) {
    for (const letter of ['a', 'b', 'c']) this.#zones.add(region + letter);
    this.#zonePrefix = zonePrefixOf(region);
  }

  addSubnet({ id, zone, freeAddresses }: SubnetDescription): Subnet {
    const subnet = { id, zone, freeAddresses: freeAddresses ?? 4_000 };
    this.#subnets.set(id, subnet);
    this.#zones.add(zone);
    return subnet;
  }

  subnets(): readonly Subnet[] {
    return [...this.#subnets.values()];
  }

  zones(): readonly string[] {
    return [...this.#zones].sort();
  }

  /** Such as `use1-az1`: AWS names the same data centres so in all accounts. */
  zoneId(zone: string): string {
    return `${this.#zonePrefix}${zone.charCodeAt(zone.length - 1) - 96}`;
  }

  /** The subnet of that name, else the zone's first one, made if there is none. */
  subnetFor(zone: string, id?: string): Subnet {
    const known = id === undefined ? this.subnets().find((subnet) => subnet.zone === zone) : this.#subnets.get(id);
    return known ?? this.addSubnet({ id: id ?? `subnet-${zone.slice(-2)}000000`, zone });
  }

  /** From now on EC2 has no capacity left in the zone. */
  exhaust(zone: string): void {
    this.#exhausted.add(zone);
  }

  replenish(zone: string): void {
    this.#exhausted.delete(zone);
  }

  /** Refuses as EC2 does when it has nothing to run an instance on. */
  demandCapacity(type: string, zone: string): void {
    if (!this.#exhausted.has(zone)) return;
    throw new Refusal(
      'InsufficientInstanceCapacity',
      `We currently do not have sufficient ${type} capacity in the Availability Zone you requested (${zone}).`,
      500,
    );
  }

  /** Takes an address of the subnet for a launch, or refuses as EC2 does when none is left. */
  takeAddress(subnet: Subnet): void {
    if (subnet.freeAddresses <= 0) {
      throw new Refusal(
        'InsufficientFreeAddressesInSubnet',
        `There are not enough free addresses in subnet '${subnet.id}' to satisfy the requested number of instances.`,
      );
    }
    subnet.freeAddresses -= 1;
  }

  giveBack(subnetId: string): void {
    const subnet = this.#subnets.get(subnetId);
    if (subnet) subnet.freeAddresses += 1;
  }

  privateIp(): string {
    return `10.${this.#nextAddress()}`;
  }

  publicIp(): string {
    return `203.${this.#nextAddress()}`;
  }

  #nextAddress(): string {
    this.#addresses += 1;
    return [this.#addresses >> 16, (this.#addresses >> 8) & 255, this.#addresses & 255].join('.');
  }
}

/** What the ids of a region's zones begin with: of `us-east-1`, `use1-az`. */
function zonePrefixOf(region: string): string {
  const [, area = '', direction = '', number = ''] = /^(\w+)-.*?(\w+)-(\d+)/.exec(region) ?? [];
  const short = direction.replace(/(north|south|east|west|central)/g, (word) => word.charAt(0));
  return `${area}${short}${number}-az`;
}
