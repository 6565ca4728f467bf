/** Every subject by its type. @module */
import type { Subject } from '../subject.ts'
import type { PictureType } from '../types.ts'
import { armchair } from './armchair.ts'
import { backpack } from './backpack.ts'
import { basket } from './basket.ts'
import { beanie } from './beanie.ts'
import { bear } from './bear.ts'
import { bell } from './bell.ts'
import { bicycle } from './bicycle.ts'
import { bikeLight } from './bike-light.ts'
import { blocks } from './blocks.ts'
import { board } from './board.ts'
import { book } from './book.ts'
import { bookcase } from './bookcase.ts'
import { boot } from './boot.ts'
import { bottle } from './bottle.ts'
import { bowl } from './bowl.ts'
import { cactus } from './cactus.ts'
import { candle } from './candle.ts'
import { cap } from './cap.ts'
import { car } from './car.ts'
import { chair } from './chair.ts'
import { clock } from './clock.ts'
import { cooler } from './cooler.ts'
import { deskLamp } from './desk-lamp.ts'
import { dripper } from './dripper.ts'
import { dropper } from './dropper.ts'
import { earbuds } from './earbuds.ts'
import { floorLamp } from './floor-lamp.ts'
import { headphones } from './headphones.ts'
import { helmet } from './helmet.ts'
import { jar } from './jar.ts'
import { kettle } from './kettle.ts'
import { keyboard } from './keyboard.ts'
import { kite } from './kite.ts'
import { knife } from './knife.ts'
import { lantern } from './lantern.ts'
import { mouse } from './mouse.ts'
import { mug } from './mug.ts'
import { notebook } from './notebook.ts'
import { officeChair } from './office-chair.ts'
import { pan } from './pan.ts'
import { pen } from './pen.ts'
import { pencils } from './pencils.ts'
import { pendant } from './pendant.ts'
import { plant } from './plant.ts'
import { planter } from './planter.ts'
import { plate } from './plate.ts'
import { pot } from './pot.ts'
import { pouch } from './pouch.ts'
import { press } from './press.ts'
import { pumpBottle } from './pump-bottle.ts'
import { radio } from './radio.ts'
import { satchel } from './satchel.ts'
import { scarf } from './scarf.ts'
import { slipper } from './slipper.ts'
import { sneaker } from './sneaker.ts'
import { soap } from './soap.ts'
import { socks } from './socks.ts'
import { sofa } from './sofa.ts'
import { speaker } from './speaker.ts'
import { stacker } from './stacker.ts'
import { stool } from './stool.ts'
import { suitcase } from './suitcase.ts'
import { sweater } from './sweater.ts'
import { table } from './table.ts'
import { tableLamp } from './table-lamp.ts'
import { teapot } from './teapot.ts'
import { tent } from './tent.ts'
import { tote } from './tote.ts'
import { towel } from './towel.ts'
import { trowel } from './trowel.ts'
import { tshirt } from './tshirt.ts'
import { turntable } from './turntable.ts'
import { wateringCan } from './watering-can.ts'

export const subjects: Record<PictureType, Subject> = {
  armchair,
  backpack,
  basket,
  beanie,
  bear,
  bell,
  bicycle,
  'bike-light': bikeLight,
  blocks,
  board,
  book,
  bookcase,
  boot,
  bottle,
  bowl,
  cactus,
  candle,
  cap,
  car,
  chair,
  clock,
  cooler,
  'desk-lamp': deskLamp,
  dripper,
  dropper,
  earbuds,
  'floor-lamp': floorLamp,
  headphones,
  helmet,
  jar,
  kettle,
  keyboard,
  kite,
  knife,
  lantern,
  mouse,
  mug,
  notebook,
  'office-chair': officeChair,
  pan,
  pen,
  pencils,
  pendant,
  plant,
  planter,
  plate,
  pot,
  pouch,
  press,
  'pump-bottle': pumpBottle,
  radio,
  satchel,
  scarf,
  slipper,
  sneaker,
  soap,
  socks,
  sofa,
  speaker,
  stacker,
  stool,
  suitcase,
  sweater,
  table,
  'table-lamp': tableLamp,
  teapot,
  tent,
  tote,
  towel,
  trowel,
  tshirt,
  turntable,
  'watering-can': wateringCan,
}
