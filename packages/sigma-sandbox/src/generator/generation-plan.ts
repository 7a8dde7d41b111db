import type {
  Connection,
  DataModel,
  Dataset,
  Member,
  VersionTag,
  WarehouseTable,
} from "../organization/organization.ts";
import { Random } from "./random.ts";
import { countOf, smallestSizeWith } from "./sizes.ts";

/**
 * What an organization is to be like.
 *
 * - `full`: everything that is met, hostile and colliding names included
 * - `legacy`: what dagster-sigma 0.29 for Python can load: no two names that give one key, no backticks below a dataset
 */
export type Profile = "full" | "legacy";

/** What is there already, for what is made next to refer to. */
export class GenerationPlan {
  readonly profile: Profile;
  readonly members: Member[] = [];
  readonly versionTags: VersionTag[] = [];
  connections: readonly Connection[] = [];
  readonly tables: WarehouseTable[] = [];
  readonly datasets: Dataset[] = [];
  readonly dataModels: DataModel[] = [];
  /** The connection that each dataset and each data model is on. */
  readonly homes: Map<Dataset | DataModel, Connection> = new Map();
  readonly #seed: string;

  constructor(options: { readonly seed: string; readonly profile: Profile }) {
    this.#seed = options.seed;
    this.profile = options.profile;
  }

  /** The choices of one object, which depend on no other. */
  random(kind: string, index: number): Random {
    return new Random(`${this.#seed}/${kind}/${index}`);
  }

  /** What an object may refer to: what the smallest organization that contains it has, of its own kind only earlier ones. */
  within(kind: "table" | "dataset" | "dataModel" | "workbook", index: number): References {
    const workbooks = smallestSizeWith(kind, index);
    const limit = (of: "table" | "dataset" | "dataModel"): number =>
      Math.min(countOf(of, workbooks), of === kind ? index : Number.POSITIVE_INFINITY);
    return new References(this, {
      tables: limit("table"),
      datasets: limit("dataset"),
      dataModels: limit("dataModel"),
      members: countOf("member", workbooks),
    });
  }
}

/** How many of each there are to pick from. */
interface Limits {
  readonly tables: number;
  readonly datasets: number;
  readonly dataModels: number;
  readonly members: number;
}

/** Picks things that an object may refer to. */
export class References {
  readonly #plan: GenerationPlan;
  readonly #limits: Limits;

  constructor(plan: GenerationPlan, limits: Limits) {
    this.#plan = plan;
    this.#limits = limits;
  }

  member(random: Random): Member {
    const member = this.#plan.members[random.below(this.#limits.members)];
    if (member === undefined) throw new Error("An organization has members.");
    return member;
  }

  table(random: Random, home: Connection): WarehouseTable | null {
    return this.#pick(random, this.#plan.tables, this.#limits.tables, (table) => table.connection === home);
  }

  dataset(random: Random, home: Connection): Dataset | null {
    return this.#pick(random, this.#plan.datasets, this.#limits.datasets, (dataset) =>
      this.#isAt(dataset, home),
    );
  }

  dataModel(random: Random, home: Connection): DataModel | null {
    return this.#pick(random, this.#plan.dataModels, this.#limits.dataModels, (model) =>
      this.#isAt(model, home),
    );
  }

  anyDataModel(random: Random): DataModel | null {
    return this.#pick(random, this.#plan.dataModels, this.#limits.dataModels, () => true);
  }

  #isAt(object: Dataset | DataModel, home: Connection): boolean {
    return this.#plan.homes.get(object) === home;
  }

  /** From a random place on, the first that fits. */
  #pick<Thing>(
    random: Random,
    things: readonly Thing[],
    limit: number,
    fits: (thing: Thing) => boolean,
  ): Thing | null {
    if (limit === 0) return null;
    const start = random.below(limit);
    for (let step = 0; step < limit; step++) {
      const thing = things[(start + step) % limit];
      if (thing !== undefined && fits(thing)) return thing;
    }
    return null;
  }
}
