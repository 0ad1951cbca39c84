"""Decision trees and the forests that average them."""
