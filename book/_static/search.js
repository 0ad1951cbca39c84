/* The search: folds spellings and endings, ranks chapters above what only names a term. */

const Search = (() => {
  "use strict";

  /* Spellings: British becomes American, in the query as in the index. */
  const SPELLINGS = [
    [/is(e|ed|er|ers|es|ing|able|ation|ations|ational)$/, "iz$1"],
    [/ys(e|ed|er|ers|es|ing)$/, "yz$1"],
    [/([a-z]{3})our(s|ed|ing|hood|hoods|able|al|ally|ite|less)?$/, "$1or$2"],
    [/([a-z]{2})tre(s?)$/, "$1ter$2"],
    [/([a-z]{2})tred$/, "$1tered"],
    [/ogue(s?)$/, "og$1"],
    [/([aeiou][a-z]*e)ll(ing|ed|er|ers)$/, "$1l$2"],
    [/([a-z]{2})(ence|ences)$/, (_, start, end) => start + end.replace("c", "s")],
    [/^grey/, "gray"],
    [/^artefact/, "artifact"],
    [/^licence/, "license"],
    [/^programme(s?)$/, "program$1"],
    [/gement$/, "gment"],
  ];

  /* Short names of the field, where the text writes them out. */
  const SHORT = {
    auc: "area under curve",
    cmt: "centroid moment tensor",
    cnn: "convolutional network",
    gmm: "ground motion model",
    knn: "nearest neighbor",
    "log loss": "logistic cross-entropy",
    mlp: "multilayer perceptron",
    ols: "least squares",
    pca: "principal component",
    pga: "peak ground acceleration",
    rnn: "recurrent network",
    sgd: "stochastic gradient descent",
    svm: "support vector machine",
  };

  const IDLE = new Set(`a an and are as at be but by for from how in into is it no not of
    on or that the their then there these they this to was what when will with`.split(/\s+/));
  const CHAPTER_FIRST = [1, 0.8, 0.7, 0.6, 0.35];   // by the kind of the page
  const PLACE = [1, 0.8, 1.1, 1, 0.6];             // by the kind of the place
  const MANUAL = 4;
  const COUNT = 5;                                 // places that speak for a page
  const AT_MOST = 3;                               // places shown below a page

  let index = null;
  let stemmer = null;

  const plain = (word) => word.toLowerCase().normalize("NFD").replace(/\p{M}/gu, "");

  const spell = (word) =>
    SPELLINGS.reduce((text, [from, to]) => text.replace(from, to), plain(word));

  /* What is left of a word when spelling and ending no longer count. */
  function fold(word) {
    stemmer ??= new Stemmer();
    return stemmer.stemWord(spell(word));
  }

  /* The places of a word, [unit, times], from their steps. */
  function places(steps) {
    let unit = 0;
    return steps.map((step) => [(unit += step >> 4), step & 15]);
  }

  function gather(words, name) {
    const all = new Map();
    for (const [word, steps] of words) {
      const there = all.get(name(word)) ?? new Map();
      all.set(name(word), there);
      places(steps).forEach(([unit, times]) => there.set(unit, (there.get(unit) ?? 0) + times));
    }
    return all;
  }

  function setIndex(raw) {
    const words = Object.entries(raw.words);
    const length = raw.units.reduce((sum, unit) => sum + unit[5], 0) / raw.units.length;
    index = { ...raw, spelled: gather(words, spell), folded: gather(words, fold), length };
  }

  /* The words of a query; where words are joined, also the whole that they make, and no
     letter alone: of k-nearest it is k-means, too. */
  function read(query) {
    const written = query.match(/[\p{L}\p{N}_-]+/gu) ?? [];
    const parts = written.flatMap((word) =>
      word.split(/[-_]/).filter((part) => part.length > 1 || part === word));
    const wholes = written.filter((word) => /[-_]/.test(word));
    return {
      words: parts.filter((word) => !IDLE.has(plain(word))),
      wholes: wholes.map((word) => word.replaceAll("-", "")),
    };
  }

  /* Where a word stands; where it stands nowhere, where words stand that begin with it. */
  function find(word) {
    const there = index.folded.get(fold(word));
    if (there || word.length < 3) return there ?? new Map();
    const found = new Map();
    for (const [other, units] of index.spelled)
      if (other.startsWith(spell(word)))
        units.forEach((times, unit) => found.set(unit, (found.get(unit) ?? 0) + times / 2));
    return found;
  }

  /* How much each place says about one word: BM25, a long text counting for less; with
     the ending that was asked for a word counts twice. */
  function weigh(word) {
    const found = new Map(find(word));
    index.spelled.get(spell(word))?.forEach((times, unit) =>
      found.set(unit, found.get(unit) + times));
    const rare = Math.log(1 + (index.units.length - found.size + 0.5) / (found.size + 0.5));
    return new Map([...found].map(([unit, times]) => {
      const long = 0.6 + 0.4 * index.units[unit][5] / index.length;
      return [unit, rare * times / (times + 1.5 * long)];
    }));
  }

  function total(weights) {
    const units = new Map();
    weights.forEach((found) => found.forEach((weight, unit) =>
      units.set(unit, (units.get(unit) ?? 0) + weight)));
    return units;
  }

  /* The places that answer, the best first: how much they say, and to how many words. */
  function answers({ words, wholes }) {
    const each = words.map(weigh);
    const joined = total(wholes.map(weigh));
    const scored = [...total(each)].map(([unit, sum]) => {
      const share = each.filter((found) => found.has(unit)).length / words.length;
      const all = share * (sum + (joined.get(unit) ?? 0));
      return { unit, share, score: all * PLACE[index.units[unit][4]] };
    });
    return scored.sort((a, b) => b.score - a.score || a.unit - b.unit);
  }

  function byPage(found) {
    const pages = new Map();
    found.forEach((one) => {
      const page = index.units[one.unit][0];
      pages.set(page, [...(pages.get(page) ?? []), one]);
    });
    return pages;
  }

  /* A page answers by its best places; better where one has all the words, or its title. */
  function rank(page, found, words, isName) {
    const [, title, kind] = index.pages[page];
    const own = new Set((title.match(/\p{L}+/gu) ?? []).map(fold));
    const titled = 1 + words.filter((word) => own.has(fold(word))).length / words.length / 2;
    const whole = found[0].share === 1 ? 1 : 0.3;
    const best = found.slice(0, COUNT).reduce((sum, one, at) => sum + one.score / (at + 1), 0);
    return best * titled * whole * (isName && kind === MANUAL ? 2 : CHAPTER_FIRST[kind]);
  }

  /* What a query finds: pages, the best first, each with its best places. */
  function query(text) {
    const short = SHORT[plain(text.trim())];
    const isName = /_|\p{Ll}\p{Lu}/u.test(text);
    const pages = new Map();
    for (const asked of [text, short].filter(Boolean).map(read)) {
      byPage(answers(asked)).forEach((own, page) => {
        const score = rank(page, own, asked.words, isName);
        if (!(pages.get(page)?.score > score)) pages.set(page, { page, score, found: own });
      });
    }
    return [...pages.values()].sort((a, b) => b.score - a.score).map(result);
  }

  function result({ page, found }) {
    const [address, title] = index.pages[page];
    const spots = found.slice(0, AT_MOST).map((one) => index.units[one.unit])
      .filter(([, anchor]) => anchor)
      .map(([, anchor, name, label]) => ({ anchor, name, label }));
    return { address, title, spots };
  }

  return { setIndex, query, fold };
})();

/* The page of results. */
if (typeof document !== "undefined") {
  const make = (tag, text, more = {}) =>
    Object.assign(document.createElement(tag), { textContent: text, ...more });

  const show = ({ address, title, spots }) => {
    const item = make("li", "");
    item.append(make("a", title, { href: address }));
    if (spots.length) {
      const list = item.appendChild(make("ul", ""));
      spots.forEach(({ anchor, name, label }) => {
        const said = [label, name].filter(Boolean).join(". ");
        list.appendChild(make("li", "")).append(make("a", said, { href: `${address}#${anchor}` }));
      });
    }
    return item;
  };

  document.addEventListener("DOMContentLoaded", () => {
    const text = new URLSearchParams(location.search).get("q")?.trim() ?? "";
    const field = document.querySelector(".search-form input");
    field.value = text;
    if (!text) return field.focus();
    const found = Search.query(text);
    document.getElementById("search-results").replaceChildren(...found.map(show));
    const many = found.length === 1 ? "1 page" : `${found.length} pages`;
    document.getElementById("search-status").textContent = found.length
      ? `${many} for “${text}”.`
      : `Nothing for “${text}”. Fewer words, or the beginning of one, find more.`;
  });
}
