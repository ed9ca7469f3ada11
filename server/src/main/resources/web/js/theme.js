// Before anything is painted: the theme chosen earlier, if one was. Without a choice the system's holds.
try {
  const chosen = localStorage.getItem('headroom.theme');
  if (chosen === 'light' || chosen === 'dark') {
    document.documentElement.dataset.theme = chosen;
  }
} catch {
  // Storage may be forbidden; the system's theme is fine.
}
