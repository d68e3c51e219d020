// Keeps a page of `psychoed serve` up to date: reloads it where it was, or swaps its styles, and says aloud what a reload has
// changed. It remembers, for this tab only, what is folded away. Pages may not fetch, so a worker listens to the server.
(() => {
  'use strict';

  const { worker: listener } = document.currentScript.dataset;
  const place = `psychoed:${location.pathname}${location.search}`;
  const find = (selector) => document.querySelector(`#psychoed ${selector}`);

  // A browser may refuse storage; then only the place on the page is lost.
  const kept = {
    take(key) {
      try {
        const value = sessionStorage.getItem(key);
        sessionStorage.removeItem(key);
        return JSON.parse(value);
      } catch {
        return null;
      }
    },
    read(key) {
      try {
        return JSON.parse(sessionStorage.getItem(key));
      } catch {
        return null;
      }
    },
    write(key, value) {
      try {
        sessionStorage.setItem(key, JSON.stringify(value));
      } catch {}
    },
  };

  const foldables = () => [...document.querySelectorAll('details')].filter((details) => !details.closest('#psychoed'));

  /** Whether an element stays where it is when the page is scrolled. */
  function isPinned(element) {
    for (let one = element; one; one = one.parentElement) {
      if (['fixed', 'sticky'].includes(getComputedStyle(one).position)) return true;
    }
    return false;
  }

  /** The element with an id that begins last above the top of the window, and how far it has gone up. */
  function landmark() {
    return (
      [...document.querySelectorAll('body [id]')]
        .map((element) => ({ element, top: element.getBoundingClientRect().top }))
        .filter(({ element, top }) => top <= 0 && element.getClientRects().length > 0)
        .sort((a, b) => b.top - a.top)
        .filter(({ element }) => !isPinned(element))
        .map(({ element, top }) => ({ id: element.id, top }))[0] ?? null
    );
  }

  /** Whether an element is a field for words, the only ones that have a caret. */
  const isTypedIn = (element) => typeof element?.selectionStart === 'number';

  const isOwn = (element) => element.closest('#psychoed') !== null;
  const words = (element) => element.textContent.trim();
  const likeIt = (name, own) => [...document.getElementsByTagName(name)].filter((one) => isOwn(one) === own);

  /** What is needed to find an element again on a page that has changed. */
  function trace(element) {
    if (!element || element === document.body) return null;
    const { id, localName } = element;
    const own = isOwn(element);
    const alike = likeIt(localName, own);
    const name = element.getAttribute('name');
    const href = element.getAttribute('href');
    return { id, localName, name, href, words: words(element), own, at: alike.indexOf(element) };
  }

  /** The element that a trace was made of: the nearest of those that lead to the same place and say the same, or say one of it. */
  function traced({ id, localName, name, href, words: said, own, at }) {
    const byId = id && document.getElementById(id);
    if (byId) return byId;
    const alike = likeIt(localName, own).map((element, now) => ({ element, far: Math.abs(now - at) }));
    alike.sort((a, b) => a.far - b.far);
    const nearest = (isIt) => alike.find(({ element }) => isIt(element))?.element;
    const leadsThere = (element) => element.getAttribute('href') === href && element.getAttribute('name') === name;
    const saysIt = (element) => words(element) === said;
    return (
      nearest((element) => leadsThere(element) && saysIt(element)) ??
      ((href ?? name) === null ? undefined : nearest(leadsThere)) ??
      nearest(saysIt) ??
      nearest((element) => element.checkVisibility()) ??
      (own ? find('#psychoed-bar > summary') : undefined)
    );
  }

  let reloading = false;
  function reload() {
    const focused = document.activeElement;
    kept.write(place, {
      y: scrollY,
      landmark: landmark(),
      open: foldables().map((details) => details.open),
      focus: trace(focused),
      typed: isTypedIn(focused) ? { words: focused.value, caret: focused.selectionStart } : null,
      selected: focused?.localName === 'select' ? focused.value : null,
      panel: { y: find('.psychoed-panel')?.scrollTop ?? 0, notes: find('.psychoed-notes')?.open },
      heard,
    });
    history.scrollRestoration = 'manual';
    reloading = true;
    location.reload();
  }

  function restoreFocus({ focus, typed, selected }) {
    const focused = focus && traced(focus);
    if (!focused) return;
    focused.focus({ preventScroll: true });
    // Not into another field, which only took its place.
    if (focused.id !== focus.id || focused.getAttribute('name') !== focus.name) return;
    if (selected !== null) focused.value = selected;
    if (!typed || !isTypedIn(focused)) return;
    focused.value = typed.words;
    focused.setSelectionRange(typed.caret, typed.caret);
    focused.dispatchEvent(new Event('input'));
  }

  function restorePanel({ y, notes }) {
    const folded = find('.psychoed-notes');
    if (folded && notes !== undefined) folded.open = notes;
    const panel = find('.psychoed-panel');
    if (panel) panel.scrollTop = y;
  }

  function restore(before) {
    const details = foldables();
    if (details.length === before.open.length) details.forEach((one, at) => (one.open = before.open[at]));
    restoreFocus(before);
    restorePanel(before.panel);
    const element = before.landmark && document.getElementById(before.landmark.id);
    const y = element ? scrollY + element.getBoundingClientRect().top - before.landmark.top : before.y;
    // What is above may have grown since: then the landmark is the better guide, at the very top it is not.
    scrollTo({ top: before.y === 0 ? 0 : y, behavior: 'instant' });
  }

  /** Folds the bar as it was. */
  function foldBar() {
    const bar = find('#psychoed-bar');
    if (!bar) return;
    bar.open = kept.read('psychoed-bar') ?? matchMedia('(min-width: 40em) and (min-height: 30em)').matches;
    // Not when it is opened otherwise, to say that the preview has stopped.
    bar.querySelector('summary').addEventListener('click', () => kept.write('psychoed-bar', !bar.open));
  }

  /** Folds the panel as somebody has chosen on this page; one that was closed opens by itself when it says something new. */
  function foldPanel(reloaded) {
    const panel = find('#psychoed-findings');
    if (!panel) return;
    const key = `psychoed-panel:${location.pathname}`;
    const says = [...panel.querySelectorAll('h2, .psychoed-message')].map(words).join('\n');
    const choose = (open) => kept.write(key, { open, says });
    const show = () => {
      choose(true);
      panel.open = true;
    };
    const chosen = kept.read(key);
    // Only whoever has just followed the link to the panel wants it open: the address keeps saying so after every reload.
    if (location.hash === '#psychoed-findings' && !reloaded) show();
    else if (chosen?.open) panel.open = true;
    else if (chosen?.says === says) panel.open = false;
    panel.querySelector('summary').addEventListener('click', () => choose(!panel.open));
    addEventListener('hashchange', () => {
      if (location.hash === '#psychoed-findings') show();
    });
    // The address does not change when it leads there already.
    document.addEventListener('click', ({ target }) => {
      if (target.closest?.('#psychoed a[href="#psychoed-findings"]')) show();
    });
  }

  /** What there is to say about a page without looking at it: what has to be mended, or that there is nothing. */
  function standing() {
    const panel = document.querySelector('.psychoed-panel');
    if (panel) {
      const tone = ['error', 'warning'].find((tone) => panel.classList.contains(`psychoed-${tone}`)) ?? 'note';
      const found = panel.querySelectorAll('.psychoed-finding:is(.psychoed-error, .psychoed-warning) .psychoed-message');
      return { tone, words: words(panel.querySelector('h2')), found: [...found].map(words) };
    }
    const missing = document.querySelector('.own-missing h1');
    return missing ? { tone: 'missing', words: words(missing), found: [] } : { tone: 'fine', words: '', found: [] };
  }

  /** What to say about a change from one standing to another, and how urgently; nothing where nobody has to do anything. */
  function news(before, now) {
    if (JSON.stringify(before) === JSON.stringify(now)) return null;
    if (now.tone === 'error') return { role: 'alert', words: now.words };
    const polite = (...parts) => ({ role: 'status', words: parts.filter(Boolean).join(' ') });
    const mended = before.tone === 'error' && 'No errors any more.';
    if (now.tone === 'missing' || now.tone === 'warning') return polite(mended, now.words);
    if (mended) return polite(mended);
    if (before.tone === 'warning') return polite('Nothing to look at any more.');
    return before.tone === 'missing' ? polite('The page is here again.') : null;
  }

  /** What was said last about this page. */
  let heard = null;

  /** Says what has changed, once screen readers have seen the place where it will be said: they pass over what is there at first. */
  function announce(before) {
    const now = standing();
    heard = before ?? now;
    setTimeout(() => {
      heard = now;
      const said = before && news(before, now);
      if (said) find(`.psychoed-said[role=${said.role}]`).textContent = said.words;
    }, 300);
  }

  /** Keeps as much room free below the page as what lies over it takes, so that it never covers what has focus. */
  function keepRoom(own) {
    const parts = [own, find('#psychoed-bar')].filter(Boolean);
    const measure = () => {
      const fixed = parts.find((part) => getComputedStyle(part).position === 'fixed');
      document.documentElement.style.setProperty('--psychoed-room', `${fixed?.offsetHeight ?? 0}px`);
    };
    const observer = new ResizeObserver(measure);
    parts.forEach((part) => observer.observe(part));
    addEventListener('resize', measure);
    measure();
  }

  /** Moves out of sight what lies over the page while it hides what has focus: what stays where it is cannot be scrolled to. */
  function stepAside(own) {
    document.addEventListener('focusin', ({ target }) => {
      own.classList.remove('psychoed-aside');
      if (isOwn(target) || !isPinned(target) || getComputedStyle(own).position !== 'fixed') return;
      const hides = target.getBoundingClientRect().top >= own.getBoundingClientRect().top;
      own.classList.toggle('psychoed-aside', hides);
    });
  }

  const before = kept.take(place);
  // The browser finds the place by itself when somebody comes back to the page, but would do so after a reload as well.
  addEventListener('pagehide', () => {
    if (!reloading) history.scrollRestoration = 'auto';
  });
  document.addEventListener('DOMContentLoaded', () => {
    // Written at the start, where nothing that a page leaves open can swallow it; moved to the end, so that the keyboard comes to
    // the page first, as it does for readers.
    const own = document.getElementById('psychoed');
    if (own) {
      document.body.append(own);
      foldBar();
      foldPanel(before !== null);
      keepRoom(own);
      stepAside(own);
      announce(before?.heard);
    }
    if (!before) return;
    restore(before);
    // Pictures and styles that came later have moved things; a reader who has scrolled since is left alone.
    const y = scrollY;
    addEventListener('load', () => {
      if (Math.abs(scrollY - y) < 2) restore(before);
    });
  });

  const styles = () => [...document.querySelectorAll('link[rel~="stylesheet" i]:not([data-psychoed])')];

  /** Asks for the addresses of the page's styles; the answer is a script that calls `psychoedStyles`. */
  function askForStyles() {
    const query = new URLSearchParams(location.search);
    query.set('page', location.pathname);
    const script = document.createElement('script');
    script.src = `/_psychoed/styles.js?${query}`;
    script.addEventListener('error', reload);
    script.addEventListener('load', () => script.remove());
    document.head.append(script);
  }

  window.psychoedStyles = (addresses) => {
    const links = styles();
    const changed = links.filter((link, at) => link.href !== new URL(addresses[at], document.baseURI).href);
    if (links.length !== addresses.length || changed.length === 0) return reload();
    for (const old of changed) {
      const fresh = old.cloneNode();
      fresh.href = addresses[links.indexOf(old)];
      fresh.addEventListener('load', () => old.remove());
      fresh.addEventListener('error', reload);
      old.after(fresh);
    }
  };

  function notify(words) {
    const notice = find('.psychoed-notice');
    if (!notice) return;
    notice.textContent = words;
    const bar = find('#psychoed-bar');
    if (bar && words) bar.open = true;
  }

  const worker = new Worker(listener);
  // Browsers grant a site six connections: pages that nobody sees hold none.
  document.addEventListener('visibilitychange', () => worker.postMessage(document.hidden ? 'hide' : 'show'));
  worker.addEventListener('message', ({ data }) => {
    if (data === 'reload') reload();
    else if (data === 'style' && styles().length > 0) askForStyles();
    else if (data === 'back') notify('');
    else if (data === 'away') notify('The preview has stopped: start “psychoed serve” again to go on.');
    else if (data === 'gone') notify('The preview has stopped, and another one was started: load this page again.');
  });
  // Browsers keep pages that were left, scripts and all, and show them again as they were: old.
  addEventListener('pageshow', ({ persisted }) => {
    if (persisted) reload();
  });
})();
