// "Evaluate Label Set" on the decisions of this workspace, thresholds from it in the settings, and the way to a decided document.
