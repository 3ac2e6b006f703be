// The place of a chart in the page. In: drawings made and escaped by dashboard/drawing.py. Draws nothing itself: shows the
// drawing for this width, says what is under the pointer, and saves the drawing with its title and notes as an image.
function chart(component) {
  const { data, parentElement } = component;
  const place = parentElement.querySelector(".jx-chart");
  place.replaceChildren();

  const figure = document.createElement("div");
  figure.setAttribute("role", "group");
  figure.setAttribute("aria-label", data.alt);
  const parse = (text) => document.importNode(new DOMParser().parseFromString(text, "image/svg+xml").documentElement, true);
  // Only the drawing that is seen goes into the page, and both when it is printed, on paper of whatever width.
  const show = (size) => {
    if (figure.querySelector(":scope > .jx-" + size)) return;
    const drawn = parse(data[size]);
    drawn.classList.add("jx-" + size);
    figure.append(drawn);
  };
  const phone = matchMedia("(max-width: 640px)");
  const fit = () => show(phone.matches ? "narrow" : "wide");
  const both = () => ["wide", "narrow"].forEach(show);
  fit();
  phone.addEventListener("change", fit);
  addEventListener("beforeprint", both);
  place.append(figure);
  // After the browser has painted it: what the server sends then may take the browser a while.
  const painted = () => setTimeout(() => tell(data.ready));
  if (document.hidden) painted();
  else requestAnimationFrame(painted);

  const tip = document.createElement("div");
  tip.className = "jx-tip";
  tip.setAttribute("aria-hidden", "true");
  tip.hidden = true;
  place.append(tip);
  figure.onpointermove = (event) => {
    const told = event.target.closest("[data-tip]");
    tip.hidden = !told;
    if (!told) return;
    tip.textContent = told.getAttribute("data-tip");
    const box = place.getBoundingClientRect();
    const left = event.clientX - box.left;
    tip.style.left = Math.max(0, Math.min(left + 14, box.width - tip.offsetWidth)) + "px";
    tip.style.top = event.clientY - box.top + 16 + "px";
  };
  figure.onpointerleave = () => { tip.hidden = true; };

  const image = () => data.before + data.wide.replaceAll('href="./', 'href="' + new URL("./", document.baseURI).href) + data.after;
  const save = (address, kind) => {
    const link = document.createElement("a");
    link.href = address;
    link.download = "jixiao-" + data.name + "." + kind;
    link.click();
  };
  const makers = {
    PNG: () => {
      const picture = new Image();
      picture.onload = () => {
        const canvas = document.createElement("canvas");
        canvas.width = picture.width * 2;
        canvas.height = picture.height * 2;
        const surface = canvas.getContext("2d");
        surface.scale(2, 2);
        surface.drawImage(picture, 0, 0);
        save(canvas.toDataURL("image/png"), "png");
      };
      picture.src = "data:image/svg+xml;charset=utf-8," + encodeURIComponent(image());
    },
    SVG: () => {
      const address = URL.createObjectURL(new Blob([image()], { type: "image/svg+xml" }));
      save(address, "svg");
      setTimeout(() => URL.revokeObjectURL(address), 10_000);
    },
  };
  const row = document.createElement("div");
  row.className = "jx-images";
  for (const [kind, make] of Object.entries(makers)) {
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = kind;
    button.setAttribute("aria-label", data.image + " " + kind);
    button.title = data.image + " " + kind;
    button.onclick = make;
    row.append(button);
  }
  place.append(row);

  return () => {
    phone.removeEventListener("change", fit);
    removeEventListener("beforeprint", both);
  };
}
