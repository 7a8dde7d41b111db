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
 * The features of a generated organization.
 *
 * - `full`: all features, including unusual and colliding names
 * - `legacy`: only what dagster-sigma 0.29 for Python can load: no names with the same key, no backticks in the SQL of
 *   datasets
 */
export type Profile = "full" | "legacy";

/** The objects generated so far, to which new objects may refer. */
export class GenerationPlan {
  readonly profile: Profile;
  readonly members: Member[] = [];
  readonly versionTags: VersionTag[] = [];
  connections: readonly Connection[] = [];
  readonly tables: WarehouseTable[] = [];
  readonly datasets: Dataset[] = [];
  readonly dataModels: DataModel[] = [];
  /** The connection of each dataset and data model. */
  readonly homes: Map<Dataset | DataModel, Connection> = new Map();
  readonly #seed: string;

  constructor(options: { readonly seed: string; readonly profile: Profile }) {
    this.#seed = options.seed;
    this.profile = options.profile;
  }

  /** The random choices of one object, independent of all others. */
  random(kind: string, index: number): Random {
    return new Random(`${this.#seed}/${kind}/${index}`);
  }

  /**
   * The objects that an object may refer to: those in the smallest organization that contains it, and of its own kind
   * only earlier ones.
   */
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

/** Number of available objects of each kind. */
interface Limits {
  readonly tables: number;
  readonly datasets: number;
  readonly dataModels: number;
  readonly members: number;
}

/** Picks objects that an object may refer to. */
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

  /** Returns the first match after a random position. */
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
