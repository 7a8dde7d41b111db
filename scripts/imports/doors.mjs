const sigmaAssets = "packages/sigma-assets/src/";

/** Folders that may import another folder only through the listed files. */
export const doors = [
  {
    // Fetching only needs what a state leaves unresolved (docs/decisions/0017-a-tree-that-explains-the-program.md).
    from: `${sigmaAssets}fetch/`,
    to: `${sigmaAssets}derive/`,
    through: [`${sigmaAssets}derive/open-questions/open-questions.ts`],
  },
];
