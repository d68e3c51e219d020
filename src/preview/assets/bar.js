// Keeps a page of `psychoed serve` up to date: reloads it where it was, or swaps its styles. It remembers, for this tab only, what
// is folded away. Pages may not fetch, so a worker listens to the server.
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

  let reloading = false;
  function reload() {
    const focused = document.activeElement;
    const alike = focused && focused !== document.body ? [...document.getElementsByTagName(focused.localName)] : [];
    kept.write(place, {
      y: scrollY,
      landmark: landmark(),
      open: foldables().map((details) => details.open),
      focus: alike.length > 0 ? { name: focused.localName, at: alike.indexOf(focused), of: alike.length } : null,
      typed: isTypedIn(focused) ? { words: focused.value, caret: focused.selectionStart } : null,
    });
    history.scrollRestoration = 'manual';
    reloading = true;
    location.reload();
  }

  function restore(before) {
    const details = foldables();
    if (details.length === before.open.length) details.forEach((one, at) => (one.open = before.open[at]));
    if (before.focus) {
      const alike = document.getElementsByTagName(before.focus.name);
      if (alike.length === before.focus.of) {
        const focused = alike[before.focus.at];
        focused.focus({ preventScroll: true });
        if (before.typed && isTypedIn(focused)) {
          focused.value = before.typed.words;
          focused.setSelectionRange(before.typed.caret, before.typed.caret);
          focused.dispatchEvent(new Event('input'));
        }
      }
    }
    const element = before.landmark && document.getElementById(before.landmark.id);
    const y = element ? scrollY + element.getBoundingClientRect().top - before.landmark.top : before.y;
    // What is above may have grown since: then the landmark is the better guide, at the very top it is not.
    scrollTo({ top: before.y === 0 ? 0 : y, behavior: 'instant' });
  }

  /** Folds the bar and the panel as they were; a panel that says something new opens by itself. */
  function fold(reloaded) {
    const bar = find('#psychoed-bar');
    if (bar) {
      bar.open = kept.read('psychoed-bar') ?? matchMedia('(min-width: 40em) and (min-height: 30em)').matches;
      bar.addEventListener('toggle', () => kept.write('psychoed-bar', bar.open));
    }
    const panel = find('#psychoed-findings');
    if (!panel) return;
    const says = panel.textContent;
    // Only whoever has just followed the link to the panel wants it open: the address keeps saying so after every reload.
    if (location.hash === '#psychoed-findings' && !reloaded) panel.open = true;
    else if (kept.read('psychoed-closed') === says) panel.open = false;
    if (panel.open && reloaded) find('.psychoed-said').textContent = find('#psychoed-heading').textContent;
    panel.addEventListener('toggle', () => kept.write('psychoed-closed', panel.open ? null : says));
    addEventListener('hashchange', () => {
      if (location.hash === '#psychoed-findings') panel.open = true;
    });
  }

  const isOwn = (element) => element.closest('#psychoed') !== null;
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
      fold(before !== null);
      keepRoom(own);
      stepAside(own);
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
