/** A cascade layer. What stands in it directly is stronger than what stands in the layers inside of it. */
export interface Layer {
  readonly inner: Map<string, Layer>;
}

/** Cascade layers in the order of their first mention. */
export class LayerTree {
  readonly root: Layer = { inner: new Map() };
  #anonymous = 0;

  /** The layer with this name (dots lead deeper) inside of another; without a name a new one. */
  enter(outer: Layer, name: string): Layer {
    if (name === '') {
      this.#anonymous += 1;
      return step(outer, `:${this.#anonymous}`);
    }
    return name.split('.').reduce(step, outer);
  }

  /** Strength of every layer, the weakest first from 0. */
  ranks(): ReadonlyMap<Layer, number> {
    const ranks = new Map<Layer, number>();
    const visit = (layer: Layer): void => {
      for (const inner of layer.inner.values()) visit(inner);
      ranks.set(layer, ranks.size);
    };
    visit(this.root);
    return ranks;
  }
}

function step(outer: Layer, name: string): Layer {
  let layer = outer.inner.get(name);
  if (layer === undefined) {
    layer = { inner: new Map() };
    outer.inner.set(name, layer);
  }
  return layer;
}
