//! Writes the list that lets Entra Connect through, in the syntax of a product.

mod formats;
mod wanted;

use super::Product;
use crate::endpoints::Cloud;
use wanted::wanted;

/// The list for this cloud and these features (public ids) in the syntax of a product, ready to paste. Where the syntax
/// allows comments, they say what each entry is for. Addresses of the server and of the proxy are placeholders, and a
/// comment says so. Of the closed cloud: the list of the cloud its tenants were moved to.
pub fn write(product: Product, cloud: Cloud, features: &[String]) -> String {
    let wanted = wanted(cloud, features);
    let head = head(cloud.in_service(), features);
    match product {
        Product::Plain => formats::plain(&wanted, &head),
        Product::Csv => formats::csv(&wanted),
        Product::Squid => formats::squid(&wanted, &head),
        Product::PaloAlto => formats::lines(&wanted, |zone| format!("*.{zone}/"), |name| format!("{name}/")),
        Product::FortiGate => formats::fortigate(&wanted, &head),
        Product::Zscaler => formats::dotted(&wanted),
        Product::BlueCoat => formats::blue_coat(&wanted, &head),
        Product::AzureFirewall => formats::azure(&wanted),
        Product::Umbrella => formats::bare(&wanted),
        Product::Pac => formats::pac(&wanted, &head),
    }
}

/// The lines above the list.
fn head(cloud: Cloud, features: &[String]) -> Vec<String> {
    let cloud = match cloud {
        Cloud::Worldwide | Cloud::Germany => "worldwide, with GCC",
        Cloud::China => "21Vianet in China",
        Cloud::UsGovGccHigh => "US Government GCC High",
        Cloud::UsGovDod => "US Government DoD",
    };
    let mut known: Vec<&str> =
        crate::endpoints::FEATURES.iter().copied().filter(|known| features.iter().any(|used| used == known)).collect();
    if known.is_empty() {
        known.push("none");
    }
    vec![
        format!("Microsoft Entra Connect, {cloud}. Optional features: {}.", known.join(", ")),
        format!(
            "Hosts as of {}. Ports 443 and 80: certificate hosts are called on port 80.",
            crate::endpoints::CATALOG_DATE
        ),
    ]
}

#[cfg(test)]
mod tests;
