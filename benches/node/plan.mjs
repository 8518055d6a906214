// How long is measured. A short run shows that everything works and about where the figures are; only a whole one is
// written down.

export const PLANS = {
  whole: { rounds: 21, growthRounds: 15, coldRounds: 21, sampleMs: 10, warmMs: 300, sizes: [1, 10, 100, 1000] },
  quick: { rounds: 7, growthRounds: 3, coldRounds: 5, sampleMs: 4, warmMs: 120, sizes: [1, 1000] },
};
