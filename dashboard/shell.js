// Around every page, mounted first. Says in which language the page is, which Streamlit does not, names the buttons of its side
// menu in that language, and gives the menu's lists, which hold headings as well as items, roles that assistive technology can
// read. It needs what charts need, so
// when it stands it tells the server, which waits to send the page (dashboard/arrival.py).
function shell(component) {
  document.documentElement.lang = component.data.language;
  tell(component.data.ready);
  const names = {
    "[data-testid=stExpandSidebarButton]": component.data.open,
    "[data-testid=stSidebarCollapseButton] button": component.data.close,
  };
  const mend = () => {
    for (const [button, name] of Object.entries(names)) {
      for (const found of document.querySelectorAll(button)) {
        if (found.getAttribute("aria-label") !== name) found.setAttribute("aria-label", name);
      }
    }
    for (const list of document.querySelectorAll("[data-testid=stSidebarNavItems]:not([role])")) {
      list.setAttribute("role", "group");
      for (const item of list.querySelectorAll("li")) item.setAttribute("role", "none");
    }
  };
  mend();
  const observer = new MutationObserver(mend);
  observer.observe(document.body, { childList: true, subtree: true });
  return () => observer.disconnect();
}

// Says once to the server that a piece of the page stands. The server does not wait long: without an answer it goes on.
const said = new Set();
function tell(address) {
  if (!address || said.has(address)) return;
  said.add(address);
  fetch(new URL(address, document.baseURI)).catch(() => {});
}
