/** The whole interface in English; its shape is the contract for every other language. @module */
const plural = (count: number, one: string, many: string) => `${count.toLocaleString('en')} ${count === 1 ? one : many}`

export const en = {
  siteName: 'Spillway',
  siteDescription: 'Useful, well-made things for home, work and the days between.',
  skipToContent: 'Skip to content',
  mainMenu: 'Shop',
  languageMenu: 'Language',
  departments: 'Departments',
  products: 'Products',
  allProducts: 'All products',
  home: 'Home',
  breadcrumbs: 'You are here',
  pages: 'Pages',
  previousPage: 'Previous',
  nextPage: 'Next',

  heroTitle: 'Things worth keeping.',
  heroText:
    'Useful, well-made goods for home, work and the days between, with honest reviews from people who own them.',
  heroAction: 'See what is new',
  newArrivals: 'New arrivals',
  mostViewed: 'Most viewed',
  bestRated: 'Best rated',
  seeAll: 'See all',
  shopByDepartment: 'Shop by department',

  productCount: (count: number) => plural(count, 'product', 'products'),
  productListDescription: 'Everything we sell, newest first. Sort it, or choose a price range.',
  categoryDescription: (name: string) => `${name}: sorted, rated and in stock at Spillway.`,
  sortAndFilter: 'Sort and filter',
  sortBy: 'Sort by',
  sorts: {
    newest: 'Newest',
    popular: 'Most viewed',
    rating: 'Best rated',
    price: 'Price: low to high',
    '-price': 'Price: high to low',
  },
  minPrice: 'Price from',
  maxPrice: 'Price to',
  apply: 'Apply',
  clearFilters: 'Clear',
  nothingFound: 'Nothing matches these filters.',
  nothingFoundHelp: 'Try a wider price range, or look at everything.',
  noProductsYet: 'There is nothing here yet.',

  pictureOf: (name: string, number: number, count: number) =>
    count > 1 ? `${name}, picture ${number} of ${count}` : name,
  pictures: 'Pictures',
  price: 'Price',
  inStock: 'In stock',
  fewLeft: (count: number) => `Only ${count} left`,
  soldOut: 'Sold out',
  category: 'Category',
  tags: 'Tags',
  itemNumber: 'Item number',
  relatedProducts: 'You may also like',

  ratingOf: (rating: string) => `Rated ${rating} out of 5`,
  reviews: 'Reviews',
  reviewCount: (count: number) => plural(count, 'review', 'reviews'),
  noReviews: 'No reviews yet',
  noReviewsHelp: 'Nobody has reviewed this product yet.',
  starCount: (count: number) => plural(count, 'star', 'stars'),
  newestReviews: 'Newest reviews',
  olderReviews: 'Older reviews',
  reviewBy: (name: string) => `by ${name}`,

  footerText: 'An online store on the Spillway platform, to try it with. Products, people and prices are made up.',
  backToTop: 'Back to top',

  errors: {
    400: { title: 'We could not read that address', help: 'Part of it has a value that we do not understand.' },
    404: { title: 'This page is not here', help: 'It may have moved, or it may never have existed.' },
    413: { title: 'That was too much at once', help: 'Send something smaller.' },
    429: { title: 'That was a little too quick', help: 'Wait a moment, then try again.' },
    500: { title: 'Something went wrong on our side', help: 'It is not your fault. Please try again in a moment.' },
    503: { title: 'We are very busy right now', help: 'Please try again in a few seconds.' },
  },
  errorStatus: (status: number) => `Error ${status}`,
  requestId: 'Request',
  backHome: 'Go to the start page',
}

/** What every language has to say. A missing key doesn't compile. */
export type Messages = typeof en
