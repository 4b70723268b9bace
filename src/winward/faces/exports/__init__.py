"""What pages show, taken away: tables as CSV and XLSX, forest plots as SVG and PNG."""
